"""The demo's content, read from the folders beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """Return a file of the demo's data: a district, the topics, the names."""
    return tomllib.loads((HERE / "data" / f"{name}.toml").read_text())


@cache
def read_texts() -> dict[str, dict[str, Any]]:
    """Return the files of messages by their names."""
    files = sorted((HERE / "texts").glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text()) for file in files}
