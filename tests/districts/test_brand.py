"""The mark, the logo and what search engines may list."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from districts.theme import version_of
from tests.cast import Cast


def test_the_icon_of_the_tab_has_the_districts_colour(fairview: Cast, public):
    fairview.district.primary_color = "#7a1f3d"
    fairview.district.save()
    address = f"/mark/{version_of(fairview.district)}.svg"
    answer = public(fairview).get(address)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "#7a1f3d" in answer.content.decode()
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_district_without_a_logo_has_none(fairview: Cast, public):
    assert public(fairview).get("/logo/").status_code == 404


def test_a_logo_is_served_as_the_picture_it_is(fairview: Cast, public, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(made, "PNG")
    fairview.district.logo.save("logo.png", ContentFile(made.getvalue()))
    answer = public(fairview).get("/logo/")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == made.getvalue()


def test_a_logo_that_could_carry_script_is_not_served(fairview: Cast, public, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    fairview.district.logo.save("logo.svg", ContentFile(b"<svg/>"))
    assert public(fairview).get("/logo/").status_code == 404


def test_search_engines_are_kept_from_what_is_private(fairview: Cast, public):
    lines = public(fairview).get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /status/", "Disallow: /inbox/"} <= set(lines)
    assert "Disallow: /" not in lines
