"""Every component, in both themes and on a wide screen and a phone, has nothing axe objects to."""

import pytest

PAGES = ["desk", "parts", "ask", "form", "letter"]


@pytest.mark.parametrize("width", [1440, 375])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page_of_components(name, theme, width, gallery, dress, axe):
    page = dress(theme, width)
    page.goto(f"{gallery}/{name}")

    assert axe(page) == []
