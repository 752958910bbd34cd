"""The Chromium that the browser tests drive: found, installed, or asked for in one line."""

import os
import shutil
import subprocess

from local.refusal import RefusalError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "Debian: sudo apt-get install chromium"


def find_or_install() -> str:
    """The path of a browser; on Debian under root it is installed where it is missing."""
    found = find()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests ...", flush=True)
        apt_get("update")
        apt_get("install", "--yes", "--no-install-recommends", "chromium")
        found = find()
    if not found:
        raise RefusalError(f"The browser tests need Chromium, which is not installed. {INSTALL}")
    return found


def find() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def apt_get(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "--quiet", *arguments], env=environment, check=False)
