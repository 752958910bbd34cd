"""A district's logo: whatever was uploaded, only a picture drawn anew is kept and shown."""

import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from PIL import Image

MOST_BYTES = 2_000_000
MOST_PIXELS = 20_000_000
SIDE = 480
FORMATS = ("PNG", "JPEG", "WEBP")
UNREADABLE = _("This is not a picture that can be read. Choose a PNG, JPEG or WebP file.")


def draw_anew(upload: UploadedFile) -> "ContentFile[bytes]":
    """Return an uploaded picture as a PNG of our own, at most 480 pixels a side.

    Nothing but pixels survives: no metadata, no script, no second file hidden in the first.
    Raises ValidationError with a sentence for whatever is no picture, or too large.
    """
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 2 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return ContentFile(_draw(upload), name=f"{get_random_string(22).lower()}.png")
    except ValidationError:
        raise
    except Exception as error:  # a decoder may raise anything on bytes made to break it
        raise ValidationError(UNREADABLE) from error


def _draw(upload: UploadedFile) -> bytes:
    with Image.open(upload, formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(_("The picture has more than 20 million pixels."))
        drawn = picture.convert("RGBA")
    drawn.thumbnail((SIDE, SIDE))
    out = BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()
