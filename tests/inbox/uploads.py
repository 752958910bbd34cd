"""Files as families send them, made anew for each test."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
GPS = 0x8825


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """Return a picture that is red at its left and blue at its right."""
    made, image = io.BytesIO(), Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    image.save(made, form, **options)
    return made.getvalue()


def photograph(*, orientation: int = 1) -> bytes:
    """Return a JPEG that says by what and where it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Phone of Ana Ortiz", orientation
    exif.get_ifd(GPS)[1] = "N"
    return picture(exif=exif, comment=b"taken at home")


def archive(*members: str) -> bytes:
    """Return a zip with these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        for member in members:
            zipped.writestr(member, "x")
    return made.getvalue()


def letter(*more: str) -> bytes:
    """Return a Word document, as far as its directory goes."""
    return archive("[Content_Types].xml", "_rels/.rels", "word/document.xml", *more)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """Return a file as a form hands it over; its type is what the browser claims."""
    return SimpleUploadedFile(name, content, content_type="image/jpeg")
