"""Files that families and staff send: checked by content, named at random, kept out of the web."""

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from inbox.file_kinds import KINDS, Family, proved
from inbox.models import Attachment, Message, RawInbound
from inbox.pictures import BadPictureError, HugePictureError, redraw

MAX_FILES = 5
MAX_SIZE = 10_000_000
MAX_NAME = 120
ACCEPT = ",".join(KINDS)
FOLDER = "attachments"
# What would let a name lie: marks that turn the direction of writing, and all control characters.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class RefusedFileError(ValueError):
    """A file that is not taken; its words say which and why, in the reader's language."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: its name as shown, its proven type, its bytes."""

    name: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes, which is the same for the same file sent again."""
        return hashlib.sha256(self.content).hexdigest()


def check(upload: UploadedFile) -> CheckedFile:
    """Return a file as it may be kept; raises RefusedFileError with a sentence that names it."""
    name = shown_name(upload.name or "")
    kind = KINDS.get(_suffix(name))
    if not upload.size:
        raise RefusedFileError(_("“%(name)s” is empty.") % {"name": name})
    if upload.size > MAX_SIZE:
        raise RefusedFileError(_("“%(name)s” is larger than 10 MB.") % {"name": name})
    if kind is None:
        raise RefusedFileError(
            _(
                "“%(name)s” is a kind of file we cannot take. Send a picture, a PDF, a Word, Excel "
                "or text document, or a recording."
            )
            % {"name": name}
        )
    content = cast(BinaryIO, upload.file)
    if not proved(kind, content):
        raise RefusedFileError(_disguised(name))
    content.seek(0)
    if kind.family is Family.PICTURE:
        return _picture(name, content)
    return CheckedFile(name, kind.content_type, content.read())


def check_all(uploads: Iterable[UploadedFile]) -> tuple[list[CheckedFile], list[str]]:
    """Return the files that may be kept, and a sentence for each that may not."""
    good, refused = [], []
    for upload in uploads:
        try:
            good.append(check(upload))
        except RefusedFileError as error:
            refused.append(str(error))
    return good, refused


def attach(files: Iterable[CheckedFile], *, raw: RawInbound) -> list[Attachment]:
    """Keep the files of an item that arrived; one that brought them before keeps those."""
    wanted = list(files)
    if not wanted or raw.attachments.exists():
        return []
    return [_keep(file, Attachment(raw=raw)) for file in wanted]


def attach_to_message(files: Iterable[CheckedFile], *, message: Message) -> list[Attachment]:
    """Keep the files of a message that staff write."""
    return [_keep(file, Attachment(message=message)) for file in files]


def path_of(attachment: Attachment) -> Path:
    """Return where a file lies; never below anything that a web server shows."""
    return Path(settings.MEDIA_ROOT) / FOLDER / attachment.path


def shown_name(name: str) -> str:
    """Return a name as it may be shown and saved: no folders, nothing unseen, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in UNSEEN).strip(" .")
    if len(seen) > MAX_NAME:
        ending = PurePosixPath(seen).suffix[:10]
        seen = seen[: MAX_NAME - len(ending)] + ending
    return seen or "file"


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()[:10]


def _picture(name: str, content: BinaryIO) -> CheckedFile:
    try:
        data, content_type = redraw(content)
    except HugePictureError as error:
        words = _("“%(name)s” has too many pixels. Send a smaller picture.") % {"name": name}
        raise RefusedFileError(words) from error
    except BadPictureError as error:
        raise RefusedFileError(_disguised(name)) from error
    return CheckedFile(_renamed(name, content_type), content_type, data)


def _renamed(name: str, content_type: str) -> str:
    """Give a picture the suffix of what it became, so that it opens where it is saved."""
    if KINDS[_suffix(name)].content_type == content_type:
        return name
    suffix = next(ending for ending, kind in KINDS.items() if kind.content_type == content_type)
    return PurePosixPath(name).stem + suffix


def _disguised(name: str) -> str:
    return _("“%(name)s” is damaged, or is not what its name says.") % {"name": name}


def _keep(file: CheckedFile, attachment: Attachment) -> Attachment:
    """Write the bytes under a random name, then the row; a row never names a missing file."""
    attachment.name, attachment.content_type = file.name, file.content_type
    attachment.size, attachment.sha256 = len(file.content), file.sha256
    token = secrets.token_hex(20)
    attachment.path = f"{attachment.district_id}/{token[:2]}/{token}"
    path = path_of(attachment)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as target:
        path.chmod(0o600)
        target.write(file.content)
        target.flush()
        os.fsync(target.fileno())
    attachment.save()
    return attachment
