"""Templates to begin a survey from: files of this folder's `library`, in English and Spanish."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from surveys.documents import read
from surveys.questionnaire import Questionnaire
from surveys.translating import OWN, SEGMENTS

FOLDER = Path(__file__).parent / "library"
# What a file calls a text, where that is not the text's own name: the bounds have those names.
ENDS = {"low_end": "low", "high_end": "high"}
NAMED = {**{name: name for name in ("text", "help", *SEGMENTS)}, **ENDS}
PLAIN = ("key", "kind", "follows", "low", "high", "protected", "show_if", "any_of")


@dataclass(frozen=True)
class Template:
    """One questionnaire to begin from; ``names`` and ``abouts`` are by language."""

    key: str
    order: int
    names: Mapping[str, str]
    abouts: Mapping[str, str]
    mode: str
    audience: str
    questionnaire: Questionnaire


@cache
def templates() -> tuple[Template, ...]:
    """Return all templates, in the order in which they are offered."""
    found = (_read(path) for path in FOLDER.glob("*.toml"))
    return tuple(sorted(found, key=lambda template: template.order))


def template(key: str) -> Template | None:
    """Return the template of a key, or None."""
    return next((one for one in templates() if one.key == key), None)


def _read(path: Path) -> Template:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return Template(
        key=path.stem,
        order=said["order"],
        names=said["name"],
        abouts=said["about"],
        mode=said["mode"],
        audience=said["audience"],
        questionnaire=read(_document(said)),
    )


def _document(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "languages": list(said["title"]),
        "texts": _by_language({name: said[name] for name in OWN}),
        "questions": [_question(one) for one in said["question"]],
    }


def _question(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: said[name] for name in PLAIN if name in said},
        "texts": _by_language({ours: said[name] for name, ours in NAMED.items() if name in said}),
        "is_required": said.get("required", False),
        "choices": [_part(one) for one in said.get("choices", [])],
        "lines": [_part(one) for one in said.get("lines", [])],
    }


def _part(said: Mapping[str, str]) -> dict[str, Any]:
    leads = {"goes_to": said["goes_to"]} if "goes_to" in said else {}
    words = {code: text for code, text in said.items() if code not in ("key", "goes_to")}
    return {"key": said["key"], "texts": _by_language({"text": words}), **leads}


def _by_language(named: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Turn texts by name and language into texts by language and name."""
    codes = dict.fromkeys(code for texts in named.values() for code in texts)
    return {
        code: {name: texts[code] for name, texts in named.items() if code in texts}
        for code in codes
    }
