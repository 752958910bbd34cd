"""What stops a command of bin/: one line for a person instead of a traceback."""

import errno
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT)
READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


class RefusalError(Exception):
    """A reason not to go on, in words that say what to do."""


def from_os_error(error: OSError) -> RefusalError:
    """Put the operating system's complaint about a file into a sentence."""
    where = error.filename or "the data folder"
    if error.errno in FULL:
        return RefusalError(
            f"The disk is full: no room to write {where}. Free some space and try again."
        )
    if error.errno in READ_ONLY:
        return RefusalError(f"Cannot write {where}: {error.strerror}.")
    return RefusalError(f"{where}: {error.strerror or error}")


def from_output(output: str, *, doing: str, log: Path) -> RefusalError:
    """Find the known causes in what a failed program printed; otherwise name its log."""
    if "No space left on device" in output:
        return RefusalError(
            f"The disk is full: no room for {doing}. Free some space and try again."
        )
    if "Read-only file system" in output or "Permission denied" in output:
        return RefusalError(f"Cannot write while {doing}; what was refused is in {log}.")
    last = (output.strip().splitlines() or ["it printed nothing"])[-1].strip()
    return RefusalError(f"Stopped: {doing} failed ({last[:200]}); all it printed is in {log}.")
