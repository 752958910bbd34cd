"""The Caddy that reads our proxy's file in the tests: found, or unpacked without being installed.

Installed, Debian's package would start a server of its own on ports 80 and 443.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from local.bootstrap import ROOT
from local.browser import apt_get

UNPACKED = ROOT / "var" / "tools" / "caddy"


def find_or_unpack() -> str:
    """The path of a caddy, or "" where there is none and no Debian package to take it from."""
    found = find()
    if not found and shutil.which("apt-get") and shutil.which("dpkg-deb"):
        print("Fetching Caddy for the test of the proxy's file ...", flush=True)
        unpack()
        found = find()
    return found


def find() -> str:
    ours = UNPACKED / "usr" / "bin" / "caddy"
    return shutil.which("caddy") or (str(ours) if ours.exists() else "")


def unpack() -> None:
    UNPACKED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fetch(folder)
        for package in Path(folder).glob("caddy_*.deb"):
            subprocess.run(["dpkg-deb", "--extract", str(package), str(UNPACKED)], check=False)


def fetch(folder: str) -> None:
    """Ask for the package; where the list of packages is old or missing, ask once more."""
    command = ["apt-get", "--quiet", "download", "caddy"]
    if subprocess.run(command, cwd=folder, check=False).returncode and os.geteuid() == 0:
        apt_get("update")
        subprocess.run(command, cwd=folder, check=False)
