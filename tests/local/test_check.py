"""What bin/test takes for a part of the tests, and what it says of translations."""

import re

import polib
import pytest
from local import check, messages

CHECKS = [("lint", 1), ("types", 0), ("tests", 3)]


@pytest.mark.parametrize(
    ("arguments", "workers"),
    [
        ([], True),
        (["tests/local"], True),
        (["tests/local/test_check.py"], False),
        (["tests/local/test_check.py::test_it", "-x", "-k", "one or two"], False),
        (["tests/local/test_check.py", "tests/local"], True),
        (["-k", "one"], True),
    ],
)
def test_one_file_runs_in_one_process_and_more_in_two(arguments, workers):
    assert ("-n" in check.pytest(arguments).command) is workers


def test_a_chosen_number_of_workers_is_left_alone():
    assert check.pytest(["tests", "-n", "4"]).command.count("-n") == 1


def test_cheap_checks_come_first_and_tests_last():
    names = [one.name for one in check.checks()]
    assert names[:2] == ["format", "lint"]
    assert names[-1] == "tests"


def test_every_check_runs_and_says_its_own_words_together(monkeypatch, capsys):
    words = "print(1, flush=True); print(2); raise SystemExit({})"
    every = [check.Check(name, ["python3", "-c", words.format(code)]) for name, code in CHECKS]
    monkeypatch.setattr(check, "checks", lambda: iter(every))
    assert check.everything() == 1
    said = re.sub(r" \([0-9.]+ s\)| in .*", "", capsys.readouterr().out)
    assert "1\n2\nlint: FAILED\n" in said
    assert "1\n2\ntypes: ok\n" in said
    assert said.endswith("tests ...\ntests: FAILED\n\nbin/test: FAILED: lint, tests\n")


def test_an_unsure_and_a_doubled_translation_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    file = tmp_path / "django.po"
    catalogue = polib.POFile()
    catalogue.extend(
        [
            polib.POEntry(msgid="Bus", msgstr="Autobús", linenum=1, flags=["fuzzy"]),
            polib.POEntry(msgid="School", msgstr="Escuela"),
            polib.POEntry(msgid="School", msgstr="Colegio"),
        ]
    )
    catalogue.save(str(file))
    assert [fault.split(": ")[1] for fault in messages.faults(file)] == ["'Bus'", "'School'"]


def test_a_translation_is_compiled_where_it_is_older_than_its_source(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    folder = tmp_path / "locale" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Bus", msgstr="Autobús"))
    catalogue.save(str(folder / "django.po"))
    messages.compile_all()
    assert polib.mofile(str(folder / "django.mo")).find("Bus").msgstr == "Autobús"
