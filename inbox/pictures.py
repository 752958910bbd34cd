"""Pictures drawn anew: what they show stays, where and by what they were taken goes."""

import io
import struct
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
CONTENT_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
# A phone's largest photograph has 50 million pixels; a JPEG of that size is read at half scale.
MAX_PIXELS = {"JPEG": 64_000_000}
MAX_PIXELS_OTHERWISE = 24_000_000
LONG_SIDE = 3200
QUALITY = 88


# What Pillow raises over bytes that only begin like a picture.
BROKEN = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    ArithmeticError,
    LookupError,
    TypeError,
    MemoryError,
)


class BadPictureError(ValueError):
    """The bytes are no picture that can be drawn."""


class HugePictureError(ValueError):
    """The picture has more pixels than anybody's camera takes."""


def redraw(content: BinaryIO) -> tuple[bytes, str]:
    """Return a picture drawn anew, upright and without its metadata, and its content type.

    Raises BadPictureError where the bytes are no picture, HugePictureError before a picture of
    too many pixels is unpacked.
    """
    try:
        with warnings.catch_warnings(), Image.open(content, formats=FORMATS) as picture:
            warnings.simplefilter("ignore")
            return _draw(picture)
    except (HugePictureError, Image.DecompressionBombError) as error:
        raise HugePictureError from error
    except BROKEN as error:
        raise BadPictureError from error


def _draw(picture: Image.Image) -> tuple[bytes, str]:
    form = picture.format or ""
    width, height = picture.size
    if width * height > MAX_PIXELS.get(form, MAX_PIXELS_OTHERWISE):
        raise HugePictureError
    picture.draft(None, (LONG_SIDE, LONG_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    return _save(upright, form)


def _save(picture: Image.Image, form: str) -> tuple[bytes, str]:
    """Write the first image alone: a moving picture stands still."""
    if picture.mode in {"P", "PA"}:
        picture = picture.convert("RGBA")
    if form == "GIF":
        form = "PNG"
    if form == "JPEG" and picture.mode not in {"RGB", "L"}:
        picture = picture.convert("RGB")
    # What is left in `info` (comments, profiles, EXIF) would be written along.
    picture.info.clear()
    made = io.BytesIO()
    picture.save(made, form, quality=QUALITY)
    return made.getvalue(), CONTENT_TYPES[form]
