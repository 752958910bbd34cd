"""A reader's own choices, icons, and what a field says to a screen reader."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

from districts.scope import district_scope
from districts.templatetags.look import ICONS, icon, initials, with_weekday

ROOT = Path(__file__).resolve().parents[2]


def shown(source: str, **context: object) -> str:
    return Template("{% load look i18n %}" + source).render(Context(context))


class Form(forms.Form):
    name = forms.CharField(label="Your name", help_text="As on the bus pass", max_length=10)
    kind = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])


def test_a_theme_is_kept_in_a_cookie_and_the_usual_one_takes_it_away(fairview, public):
    client = public(fairview)
    chosen = client.post("/look/", {"theme": "dark", "next": "/accounts/login/"})
    usual = client.post("/look/", {"theme": "auto"})

    assert (chosen.url, chosen.cookies["theme"].value) == ("/accounts/login/", "dark")
    assert (usual.url, usual.cookies["theme"].value) == ("/", "")


def test_a_choice_never_leads_to_another_site(fairview, public):
    answer = public(fairview).post("/look/", {"theme": "dark", "next": "https://evil.example/"})

    assert answer.url == "/"


def test_a_member_switches_the_keys_off(fairview, client_of):
    client_of(fairview.agent).post("/look/", {"shortcuts": "off"})
    with district_scope(fairview.district.pk):
        fairview.agent.refresh_from_db()

    assert not fairview.agent.shortcuts
    assert fairview.lead.shortcuts


def test_the_account_pages_know_who_logged_in(fairview, client_of):
    page = client_of(fairview.agent).get("/accounts/2fa/").text

    assert str(fairview.agent) in page
    assert 'id="shortcuts"' in page


@pytest.mark.parametrize("cookie", ["dark", 'x" onload="alert(1)'])
def test_a_cookie_sets_the_theme_only_when_it_is_one_of_ours(cookie):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    expected = ' data-theme="dark"' if cookie == "dark" else ""

    assert shown("{% theme_attributes %}", request=request) == expected


def test_an_icon_is_drawn_inline_and_hidden_from_screen_readers():
    drawn = icon("bus", "icon--large")

    assert drawn.startswith('<svg class="icon icon--large" viewBox="0 0 24 24" aria-hidden="true"')
    assert "<path" in drawn


@pytest.mark.parametrize("name", ["no-such-icon", "../../config/settings", "", "a" * 5000])
def test_an_icon_that_is_not_ours_becomes_a_question_mark(name):
    assert icon(name) == icon("circle-help")


def test_every_icon_that_a_template_names_is_vendored():
    named = {
        name
        for file in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', file.read_text(encoding="utf-8"))
    }

    assert named
    assert {name for name in named if not (ICONS / f"{name}.svg").is_file()} == set()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Jo Ann Kim", "JK"), ("ana", "A"), ("", "?"), ("(she) Émile Zola", "ÉZ"), ("李 明", "李明")],
)
def test_initials_are_the_first_letters_of_the_first_and_last_name(name, expected):
    assert initials(name) == expected


def test_a_wrong_field_is_tied_to_its_hint_and_error():
    html = shown('{% include "components/field.html" with field=form.name %}', form=Form({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = shown('{% include "components/field.html" with field=form.kind %}', form=Form({}))

    assert '<fieldset aria-describedby="id_kind_error">' in html
    assert "<legend>Kind</legend>" in html


def test_the_error_summary_links_to_each_wrong_field():
    html = shown('{% include "components/error_summary.html" %}', form=Form({}))

    assert 'href="#id_name"' in html
    assert 'href="#id_kind_0"' in html


def test_what_people_type_is_never_markup():
    form = Form({"name": "<script>alert(1)</script>"})
    html = shown('{% include "components/form.html" %}', form=form)

    assert "<script>" not in html


def test_a_kept_block_is_drawn_once_for_each_value_and_language():
    drawn = iter("abc")
    page = Template(
        "{% load look %}{% kept role=role draw=draw %}{{ role }}{{ draw.next }}{% endkept %}"
    )
    draw = Drawer(drawn)
    said = [page.render(Context({"role": role, "draw": draw})) for role in ("x", "y", "x")]
    with override("es"):
        said.append(page.render(Context({"role": "x", "draw": draw})))

    assert said == ["xa", "yb", "xa", "xc"]


def test_a_kept_block_sees_nothing_but_its_values():
    seen = shown("{% kept role=role %}[{{ role }}{{ name }}]{% endkept %}", role="x", name="Ana")

    assert seen == "[x]"


def test_a_kept_block_takes_values_by_name_only():
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        shown("{% kept role %}{% endkept %}", role="x")


@dataclass(frozen=True)
class Drawer:
    """Hands out the next of some letters, so that a second drawing would show."""

    letters: Iterator[str]

    @property
    def next(self) -> str:
        return next(self.letters)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Thu, Nov 26, 2026"), ("es", "jue 26 nov 2026")]
)
def test_a_day_is_said_with_its_weekday_as_its_language_does(language, said):
    with override(language):
        assert with_weekday(date(2026, 11, 26)) == said
