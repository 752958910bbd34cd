"""Contrast of colours: WCAG 2.2 ratios, OKLCH, and the nearest colour that can be read.

Colours come and go as ``#rrggbb``. A ratio runs from 1 (the same) to 21 (black on white); text
needs 4.5, large text and shapes 3. Sources: WCAG 2.2, 1.4.3 and "relative luminance"; Björn
Ottosson, "A perceptual color space for image processing" (2020), for OKLab and its matrices.
"""

from math import atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

TEXT = 4.5
Rgb = tuple[float, float, float]


class Oklch(NamedTuple):
    """A colour by lightness (0 to 1), chroma (0 to about 0.37) and hue (degrees)."""

    lightness: float
    chroma: float
    hue: float


def ratio(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours, 1 to 21; the order does not matter."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """Return the WCAG relative luminance of a colour, 0 to 1."""
    red, green, blue = (_linear(part) for part in _rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_oklch(color: str) -> Oklch:
    """Return a colour as lightness, chroma and hue."""
    red, green, blue = (_linear(part) for part in _rgb(color))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, hypot(a, b), degrees(atan2(b, a)) % 360)


def from_oklch(color: Oklch) -> str:
    """Return a colour as ``#rrggbb``; what a screen cannot show loses chroma, not hue."""
    lightness = min(max(color.lightness, 0.0), 1.0)
    low, high = 0.0, max(color.chroma, 0.0)
    if not _shown(_to_linear(Oklch(lightness, high, color.hue))):
        for _step in range(24):
            middle = (low + high) / 2
            shown = _shown(_to_linear(Oklch(lightness, middle, color.hue)))
            low, high = (middle, high) if shown else (low, middle)
        high = low
    parts = (_encoded(part) for part in _to_linear(Oklch(lightness, high, color.hue)))
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def readable(color: str, *, on: list[str], at_least: float = TEXT) -> str:
    """Return the colour itself where it reads on every surface, else the nearest that does.

    Only the lightness moves: darker where the surfaces are light, lighter where they are dark.
    Raises ValueError where not even black or white reads on all of them.
    """
    if _reads(color, on, at_least):
        return color
    start = to_oklch(color)
    wrong, right = start.lightness, 0.0 if sum(map(luminance, on)) / len(on) > 0.18 else 1.0
    if not _reads(from_oklch(start._replace(lightness=right)), on, at_least):
        message = f"no shade of {color} reads on {on}"
        raise ValueError(message)
    for _step in range(12):
        middle = (wrong + right) / 2
        reads = _reads(from_oklch(start._replace(lightness=middle)), on, at_least)
        wrong, right = (wrong, middle) if reads else (middle, right)
    return from_oklch(start._replace(lightness=right))


def _reads(color: str, surfaces: list[str], at_least: float) -> bool:
    return all(ratio(color, surface) >= at_least for surface in surfaces)


def _rgb(color: str) -> Rgb:
    if len(color) != 7 or not color.startswith("#"):
        message = f"{color!r} is not a colour of the form #rrggbb"
        raise ValueError(message)
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _shown(linear: Rgb) -> bool:
    return all(-1e-6 <= part <= 1 + 1e-6 for part in linear)


def _to_linear(color: Oklch) -> Rgb:
    a = color.chroma * cos(radians(color.hue))
    b = color.chroma * sin(radians(color.hue))
    long = (color.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (color.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (color.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
