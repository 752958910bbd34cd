"""Translations: `.po` files are source, `.mo` files are made from them without gettext's tools."""

from pathlib import Path

import polib

from local.bootstrap import ROOT


def catalogues() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def compile_all() -> None:
    """Make each `.mo` that is missing or older than its source."""
    for source in catalogues():
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(made))


def faults(source: Path) -> list[str]:
    """What a person must mend in a catalogue: unsure, missing or twice translated texts."""
    entries = [entry for entry in polib.pofile(str(source)) if not entry.obsolete]
    seen: set[tuple[str | None, str]] = set()
    found = []
    for entry in entries:
        key = (entry.msgctxt, entry.msgid)
        if entry.fuzzy or key in seen:
            found.append(f"{source.relative_to(ROOT)}:{entry.linenum}: {entry.msgid!r}")
        seen.add(key)
    return found


def main(_arguments: list[str]) -> int:
    """Make every `.mo`, and list what a person must mend."""
    compile_all()
    found = [fault for source in catalogues() for fault in faults(source)]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0
