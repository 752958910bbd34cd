"""What families read is complete in Spanish: every string of the public pages has its words."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from django import conf
from django.template import Template, engines
from django.template.base import Node
from django.template.loader_tags import ExtendsNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import dates, translation

from inbox.browsing import VIEWS
from inbox.models.choices import Status

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
CATALOGUE = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"
MODULES = [
    "inbox/forms/ask.py",
    "inbox/forms/fields.py",
    "inbox/forms/find.py",
    "inbox/forms/rate.py",
    "inbox/forms/stamped.py",
    "inbox/forms/write.py",
    "inbox/files.py",
    "inbox/suspicion.py",
    "inbox/due_words.py",
    "inbox/closing_words.py",
    "inbox/zone_words.py",
    "inbox/letters.py",
    "inbox/models/choices.py",
    "inbox/templatetags/promises.py",
    "surveys/forms/asked.py",
    "surveys/forms/code.py",
    "surveys/forms/said.py",
]
SURVEYS = "surveys/public/base.html"
ONE = {"_", "_now", "gettext", "gettext_lazy", "gettext_noop"}
MANY = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}


def catalogue() -> dict[tuple[str | None, str], polib.POEntry]:
    entries = polib.pofile(str(CATALOGUE))
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}


def is_public(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    return any(f'extends "{base}"' in text for base in ("base_public.html", SURVEYS))


def public_templates() -> list[str]:
    """Return the pages that families see, the base they stand on, and their letters."""
    folders = (TEMPLATES, TEMPLATES / "inbox", TEMPLATES / "surveys" / "public")
    pages = [path for folder in folders for path in folder.glob("*.html") if is_public(path)]
    letters = [path for path in (TEMPLATES / "email").iterdir() if path.suffix in {".html", ".txt"}]
    names = [str(path.relative_to(TEMPLATES)) for path in [*pages, *letters]]
    return sorted([*names, "base_public.html", "base.html"])


def nodes_of(template: Any, seen: set[str]) -> Iterator[Node]:
    """Yield every node of a template and of what it includes or extends."""
    for node in template.nodelist.get_nodes_by_type(Node):
        yield node
        included = getattr(node, "template", None)
        name = getattr(getattr(included, "var", None), "literal", None) or getattr(
            included, "var", None
        )
        if isinstance(name, str) and name not in seen and not isinstance(node, ExtendsNode):
            seen.add(name)
            yield from nodes_of(engines["django"].engine.get_template(name), seen)  # type: ignore[attr-defined]


def said_in_template(name: str) -> Iterator[tuple[str | None, str]]:
    template: Template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined]
    for node in nodes_of(template, {name}):
        if isinstance(node, TranslateNode):
            literal = node.filter_expression.var
            if not hasattr(literal, "literal") or literal.lookups is None:
                yield None, str(getattr(literal, "literal", literal))
        elif isinstance(node, BlockTranslateNode):
            yield None, node.render_token_list(node.singular)[0]


def said_in_module(name: str) -> Iterator[tuple[str | None, str]]:
    for call in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        said = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        if call.func.id in ONE | MANY and said:
            yield None, str(said[0])
        elif call.func.id in IN_CONTEXT and len(said) > 1:
            yield str(said[0]), str(said[1])


def missing(said: Iterator[tuple[str | None, str]]) -> list[str]:
    known = catalogue()
    return [
        words
        for context, words in said
        if not (entry := known.get((context, words)))
        or not (entry.msgstr or (entry.msgstr_plural and all(entry.msgstr_plural.values())))
    ]


@pytest.mark.parametrize("name", public_templates())
def test_a_page_for_families_has_every_string_in_spanish(name):
    assert missing(said_in_template(name)) == []


@pytest.mark.parametrize("name", MODULES)
def test_a_sentence_for_families_is_there_in_spanish(name):
    assert missing(said_in_module(name)) == []


def test_the_check_finds_strings_at_all():
    assert ("", "Send") in {("", words) for _, words in said_in_template("inbox/ask.html")}
    assert "E-mail" in {words for _, words in said_in_module("inbox/forms/ask.py")}
    assert "Skip to the content" in {words for _, words in said_in_template("base.html")}


def test_one_english_word_is_as_many_spanish_ones_as_it_has_meanings():
    with translation.override("es"):
        views = {view.slug: str(view.name) for view in VIEWS}
        assert views["resolved"] == "Resueltas"
        states = [str(state.label) for state in (Status.OPEN, Status.RESOLVED)]
        assert states == ["Abierta", "Resuelta"]
        assert translation.pgettext("count", "Open") == "Abiertas"
        assert translation.gettext("Open") == "Abrir"


def test_days_and_months_are_those_that_dates_are_written_with():
    """A word of ours that is also a day or a month ("May") would change every date."""
    names = [*dates.WEEKDAYS.values(), *dates.MONTHS.values(), *dates.WEEKDAYS_ABBR.values()]
    with translation.override("en"):
        words = {(None, str(name)) for name in names}
    django_own = polib.pofile(str(Path(conf.__file__).parent / "locale/es/LC_MESSAGES/django.po"))
    theirs = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in django_own}
    ours = {key: entry.msgstr for key, entry in catalogue().items()}
    assert {key: ours[key] for key in words & set(ours)} == {
        key: theirs[key] for key in words & set(ours)
    }
