"""Which files are taken, and whether a file's content is what its name says: no archive opened."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

import puremagic

HEAD = 8192
MEMBERS = 5000  # of an office document's directory; more is no letter


class Family(StrEnum):
    """Kinds of content that differ in how they are proved."""

    PICTURE = "picture"
    PDF = "pdf"
    OFFICE = "office"
    OLD_OFFICE = "old office"
    TEXT = "text"
    AUDIO = "audio"


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: its family, what it is served as, what proves it."""

    family: Family
    content_type: str
    member: str = ""  # what an office document's directory must hold


_DOCUMENT = "application/vnd.openxmlformats-officedocument"
KINDS = {
    ".jpg": Kind(Family.PICTURE, "image/jpeg"),
    ".jpeg": Kind(Family.PICTURE, "image/jpeg"),
    ".png": Kind(Family.PICTURE, "image/png"),
    ".gif": Kind(Family.PICTURE, "image/gif"),
    ".webp": Kind(Family.PICTURE, "image/webp"),
    ".pdf": Kind(Family.PDF, "application/pdf"),
    ".docx": Kind(
        Family.OFFICE, f"{_DOCUMENT}.wordprocessingml.document", member="word/document.xml"
    ),
    ".xlsx": Kind(Family.OFFICE, f"{_DOCUMENT}.spreadsheetml.sheet", member="xl/workbook.xml"),
    ".pptx": Kind(
        Family.OFFICE, f"{_DOCUMENT}.presentationml.presentation", member="ppt/presentation.xml"
    ),
    ".odt": Kind(Family.OFFICE, "application/vnd.oasis.opendocument.text", member="content.xml"),
    ".ods": Kind(
        Family.OFFICE, "application/vnd.oasis.opendocument.spreadsheet", member="content.xml"
    ),
    ".doc": Kind(Family.OLD_OFFICE, "application/msword"),
    ".xls": Kind(Family.OLD_OFFICE, "application/vnd.ms-excel"),
    ".txt": Kind(Family.TEXT, "text/plain"),
    ".csv": Kind(Family.TEXT, "text/csv"),
    ".mp3": Kind(Family.AUDIO, "audio/mpeg"),
    ".m4a": Kind(Family.AUDIO, "audio/mp4"),
    ".wav": Kind(Family.AUDIO, "audio/wav"),
    ".ogg": Kind(Family.AUDIO, "audio/ogg"),
}


def proved(kind: Kind, content: BinaryIO) -> bool:
    """Say whether a file's content is of the kind its name claims; pictures are proved later."""
    content.seek(0)
    head = content.read(HEAD)
    content.seek(0)
    return _PROOFS[kind.family](kind, head, content)


def _looks_like(kind: Kind, head: bytes, _content: BinaryIO) -> bool:
    """Compare with every kind that the first bytes may be: most kinds begin with their own."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return False
    claimed = {suffix for suffix, other in KINDS.items() if other.family is kind.family}
    return any(
        match.extension in claimed or match.mime_type == kind.content_type for match in found
    )


def _is_pdf(_kind: Kind, head: bytes, _content: BinaryIO) -> bool:
    return b"%PDF-" in head[:1024]


def _is_office(kind: Kind, _head: bytes, content: BinaryIO) -> bool:
    """Read the directory of the document, never its members; macros are not taken."""
    try:
        with ZipFile(content) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    macros = any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) for name in names)
    return kind.member in names and not macros and len(names) <= MEMBERS


def _is_old_office(_kind: Kind, head: bytes, _content: BinaryIO) -> bool:
    return head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def _is_text(_kind: Kind, _head: bytes, content: BinaryIO) -> bool:
    """Take words in UTF-8, or in an older encoding; what has control characters is no text."""
    data = content.read()
    content.seek(0)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte in data for byte in _CONTROLS)


_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_PROOFS: dict[Family, Callable[[Kind, bytes, BinaryIO], bool]] = {
    Family.PICTURE: _looks_like,
    Family.PDF: _is_pdf,
    Family.OFFICE: _is_office,
    Family.OLD_OFFICE: _is_old_office,
    Family.TEXT: _is_text,
    Family.AUDIO: _looks_like,
}
