"""Stylesheets and modules as a browser receives them: whole, hashed, small."""

import gzip
import re

import pytest
from django.contrib.staticfiles.finders import FileSystemFinder

from config.statics import WholeStylesheets, whole

ENTRIES = ["css/public.css", "css/staff.css", "css/api.css"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Collect our own static files, as collectstatic does, and return their storage."""
    storage = WholeStylesheets(location=tmp_path_factory.mktemp("static"), base_url="/static/")
    found = {name: (origin, name) for name, origin in FileSystemFinder().list([])}
    for name, (origin, _path) in found.items():
        with origin.open(name) as file:
            storage.save(name, file)
    errors = [
        result for *_names, result in storage.post_process(found) if isinstance(result, Exception)
    ]
    assert errors == []
    return storage


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_stylesheet_imports_nothing_once_collected(entry, collected):
    css = collected.open(collected.hashed_files[entry]).read().decode()

    assert "@import" not in css
    assert css.startswith("@layer reset, tokens, base, components, utilities;")
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_address_in_a_stylesheet_is_a_hashed_file_that_exists(entry, collected):
    css = collected.open(collected.hashed_files[entry]).read().decode()
    fonts = re.findall(r'url\("\.\./([^"]+)"\)', css)

    assert len(fonts) == css.count("format(")
    assert all(collected.exists(font) and font in collected.hashed_files.values() for font in fonts)


def test_modules_import_each_other_by_hashed_names(collected):
    script = collected.open(collected.hashed_files["js/app.js"]).read().decode()
    names = re.findall(r'import ?"\./([^"]+)"', script)

    assert len(names) > 10
    assert all(f"js/{name}" in collected.hashed_files.values() for name in names)


def test_what_a_family_downloads_for_the_look_stays_small():
    assert len(gzip.compress(whole("css/public.css").encode())) < 8_000
