"""Make `.venv` from requirements.lock, then go on inside it; standard library only."""

import fcntl
import hashlib
import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.refusal import RefusalError, from_os_error, from_output

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "earshot-installed"
LOG = VENV / "earshot-install.log"

NO_NETWORK = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "Failed to establish a new connection",
    "Network is unreachable",
    "Could not find a version",
    "ConnectionError",
    "Max retries exceeded",
    "timed out",
)


def run(command: str, arguments: list[str]) -> int:
    """Run `local.<command>` inside the environment, making the environment first if need be."""
    try:
        ensure_environment()
        if Path(sys.prefix).resolve() != VENV.resolve():
            launcher = ROOT / "bin" / "launch.py"
            os.execv(PYTHON, [str(PYTHON), str(launcher), command, *arguments])  # noqa: S606
        status: int = importlib.import_module(f"local.{command}").main(arguments)
    except RefusalError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OSError as error:
        print(from_os_error(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def ensure_environment() -> None:
    """Install the locked packages unless exactly these are installed already."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if installed() == wanted:
        return
    with only_one_installer():
        if installed() != wanted:
            install()
            STAMP.write_text(wanted)


def installed() -> str:
    return STAMP.read_text() if STAMP.exists() and PYTHON.exists() else ""


@contextmanager
def only_one_installer() -> Iterator[None]:
    folder = os.open(VENV.resolve().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def install() -> None:
    print("Installing what Earshot needs into .venv (about a minute, once) ...", file=sys.stderr)
    if not works([str(PYTHON), "-m", "pip", "--version"]):
        attempt([base_python(), "-m", "venv", "--clear", str(VENV)], doing="making .venv")
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--only-binary", ":all:"]
    patience = ["--retries", "2", "--timeout", "20"]
    locked = ["--require-hashes", "-r", str(LOCK)]
    attempt(
        [str(PYTHON), "-m", "pip", "install", *options, *patience, *locked],
        doing="installing the packages of requirements.lock",
    )


def package(name: str) -> Path:
    """Where an installed package lies; importing the servers' packages would run code of theirs."""
    spec = importlib.util.find_spec(name)
    if not spec or not spec.origin:
        raise RefusalError(f"{name} is not installed for this machine; see docs/self-hosting.md.")
    return Path(spec.origin).parent


def base_python() -> str:
    """The interpreter outside of any virtual environment, so that ours does not hang on another."""
    return getattr(sys, "_base_executable", "") or sys.executable


def works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def attempt(command: list[str], *, doing: str) -> None:
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if result.returncode == 0:
        return
    VENV.mkdir(exist_ok=True)
    LOG.write_text(result.stdout)
    raise install_refusal(result.stdout, doing=doing)


def install_refusal(output: str, *, doing: str) -> RefusalError:
    if "ensurepip is not available" in output:
        return RefusalError(
            "Python came without venv. Debian, Ubuntu: apt-get install python3-venv"
        )
    if "DO NOT MATCH THE HASHES" in output:
        return RefusalError(f"A package is not the one requirements.lock names; see {LOG}.")
    if any(sign in output for sign in NO_NETWORK):
        return RefusalError(
            f"No network: the package index did not answer while {doing}. "
            f"The first start needs a connection; details are in {LOG}."
        )
    return from_output(output, doing=doing, log=LOG)
