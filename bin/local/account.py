"""Which user PostgreSQL runs as: it refuses root, so under root it becomes somebody else."""

import os
import pwd
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

NOBODY = "nobody"
ACL = "system.posix_acl_access"
ACL_VERSION = 2
USER_OBJ, USER, GROUP_OBJ, MASK, OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
NO_ID = 0xFFFFFFFF
HEADER, ENTRY = "<I", "<HHI"
Entries = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Account:
    """An unprivileged user, by number."""

    uid: int
    gid: int

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def for_postgres(folder: Path) -> Account | None:
    """Nobody else when we are an ordinary user; under root the folder's owner, or `nobody`."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and (status := folder.stat()).st_uid != 0:
        return Account(status.st_uid, status.st_gid)
    entry = pwd.getpwnam(NOBODY)
    return Account(entry.pw_uid, entry.pw_gid)


def let_through(account: Account, path: Path) -> None:
    """Let the account pass the folders above `path`, and read none of them."""
    for folder in path.resolve().parents:
        if not passable(account, folder.stat()):
            grant_passage(account, folder)


def passable(account: Account, status: os.stat_result) -> bool:
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def grant_passage(account: Account, folder: Path) -> None:
    """Search permission for this one user where the file system has access lists, else for all."""
    try:
        os.setxattr(folder, ACL, packed(with_passage(entries_of(folder), uid=account.uid)))
    except (AttributeError, OSError):
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)


def entries_of(folder: Path) -> Entries:
    """A folder's access list by (tag, user); its permission bits where it has none."""
    try:
        raw = os.getxattr(folder, ACL)
    except OSError:
        mode = folder.stat().st_mode
        bits = {USER_OBJ: mode >> 6 & 7, GROUP_OBJ: mode >> 3 & 7, OTHER: mode & 7}
        return {(tag, NO_ID): permissions for tag, permissions in bits.items()}
    rows = struct.iter_unpack(ENTRY, raw[struct.calcsize(HEADER) :])
    return {(tag, number): permissions for tag, permissions, number in rows}


def with_passage(entries: Entries, *, uid: int) -> Entries:
    """The same list, and `x` for one more user; the mask must let that through."""
    mask = entries.get((MASK, NO_ID), entries[GROUP_OBJ, NO_ID])
    return {**entries, (USER, uid): entries.get((USER, uid), 0) | 1, (MASK, NO_ID): mask | 1}


def packed(entries: Entries) -> bytes:
    """As the kernel takes it: acl_ea_header, then entries in order (linux/posix_acl_xattr.h)."""
    rows = [
        struct.pack(ENTRY, tag, bits, number) for (tag, number), bits in sorted(entries.items())
    ]
    return struct.pack(HEADER, ACL_VERSION) + b"".join(rows)


def make_readable(tree: Path) -> None:
    """Let everyone read public programs that were installed under a strict umask."""
    for path in [tree, *tree.rglob("*")]:
        mode = path.stat().st_mode
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if wanted != mode:
            path.chmod(stat.S_IMODE(wanted))
