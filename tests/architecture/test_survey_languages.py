"""The pages on which surveys are answered are whole in each language that has a catalogue."""

from pathlib import Path

import polib
import pytest

from tests.architecture.test_spanish import ROOT, TEMPLATES, said_in_module, said_in_template

CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
# Whoever types a code has not said yet in which language their survey is.
CODE = "code.html"
PAGES = [path for path in (TEMPLATES / "surveys" / "public").glob("*.html") if path.name != CODE]
MODULES = ["surveys/forms/asked.py", "surveys/forms/said.py"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_string_of_answering_is_there(path: Path):
    known = {entry.msgid for entry in polib.pofile(str(path)) if entry.msgstr}
    pages = (said_in_template(str(page.relative_to(TEMPLATES))) for page in PAGES)
    modules = (said_in_module(name) for name in MODULES)
    said = {words for found in (*pages, *modules) for _context, words in found}
    assert said - known == set()
    assert len(said) > 40
