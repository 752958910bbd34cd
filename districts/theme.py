"""A district's colours as a stylesheet: its own where they read well, the nearest where not."""

from hashlib import sha256

from districts.contrast import Oklch, from_oklch, readable, to_oklch
from districts.models import District

# The surfaces of static/css/tokens.css that an accent may stand on; a test holds them together.
LIGHT_SURFACES = [
    Oklch(0.976, 0.008, 95),
    Oklch(0.994, 0.004, 95),
    Oklch(0.952, 0.011, 95),
    Oklch(0.962, 0.009, 95),
]
DARK_SURFACES = [
    Oklch(0.195, 0.012, 165),
    Oklch(0.23, 0.012, 165),
    Oklch(0.17, 0.012, 165),
    Oklch(0.26, 0.013, 165),
]
FORMAT = "1"


def version_of(district: District) -> str:
    """Return what changes with the stylesheet, to stand in its address."""
    colors = f"{FORMAT} {district.primary_color} {district.secondary_color}"
    return sha256(colors.encode()).hexdigest()[:12]


def stylesheet(primary: str, secondary: str) -> str:
    """Return the CSS that puts a district's colours, ``#rrggbb``, over the accent tokens."""
    light, dark = light_accent(primary), dark_accent(primary)
    pairs = "".join(f"--{name}:light-dark({light[name]},{dark[name]});" for name in light)
    plain = "".join(f"--{name}:{value};" for name, value in light.items())
    brand = f"--brand-1:{primary};--brand-2:{secondary};"
    return (
        f":root{{{brand}{pairs}}}\n"
        f"@supports not (color:light-dark(white,black)){{:root{{{plain}}}}}\n"
    )


def light_accent(color: str) -> dict[str, str]:
    """Return the accent tokens of the light theme for a district's colour."""
    _, chroma, hue = to_oklch(color)
    wash = from_oklch(Oklch(0.945, min(chroma, 0.03), hue))
    accent = readable(color, on=[*map(from_oklch, LIGHT_SURFACES), wash])
    lightness, strong, _ = to_oklch(accent)
    return {
        "accent": accent,
        "accent-strong": from_oklch(Oklch(lightness * 0.84, strong, hue)),
        "accent-ink": from_oklch(LIGHT_SURFACES[1]),
        "accent-wash": wash,
    }


def dark_accent(color: str) -> dict[str, str]:
    """Return the accent tokens of the dark theme for a district's colour."""
    lightness, chroma, hue = to_oklch(color)
    wash = from_oklch(Oklch(0.285, min(chroma, 0.032), hue))
    calm = from_oklch(Oklch(max(lightness, 0.76), min(chroma * 1.35, 0.13), hue))
    accent = readable(calm, on=[*map(from_oklch, DARK_SURFACES), wash])
    found, strong, _ = to_oklch(accent)
    return {
        "accent": accent,
        "accent-strong": from_oklch(Oklch(min(found + 0.06, 0.97), strong, hue)),
        "accent-ink": from_oklch(Oklch(0.18, min(chroma, 0.03), hue)),
        "accent-wash": wash,
    }
