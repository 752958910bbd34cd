"""Static files as they are served: each stylesheet of static/css whole, in one request.

The sources stay plain CSS that a browser reads as it is, one file a component, put together by
`@import`. Read over a network that way, a page would wait for the entry and then for thirty files;
so collectstatic writes the entries with their imports in place, before names get their hash.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([a-z-]+\.css)"\) layer\(([a-z]+)\);\n')
COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*")


class WholeStylesheets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's storage, which also puts imports in place and hashes what our modules import.

    Scripts of others name maps of their sources, which we do not ship; nothing looks for them.
    """

    patterns: tuple[Any, ...]

    def __init__(self, *args: Any, **options: Any) -> None:
        modules = ("js/*.js", self._js_module_import_aggregation_patterns[1])
        styles = (pattern for pattern in self.patterns if pattern[0] != "*.js")
        self.patterns = (*styles, modules)
        super().__init__(*args, **options)

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        """Write the entries whole, then hash and compress everything."""
        for entry in () if options.get("dry_run") else entries(paths):
            self.delete(entry)
            self.save(entry, ContentFile(whole(entry).encode()))
            paths[entry] = (self, entry)
        yield from super().post_process(paths, **options)


def entries(names: Iterable[str]) -> list[str]:
    """Return the stylesheets of ours, among static files' names, that import others."""
    ours = (name for name in names if re.fullmatch(r"css/[a-z-]+\.css", name))
    return [name for name in ours if IMPORT.search(_source(name))]


def whole(entry: str) -> str:
    """Return a stylesheet with its imports in place, each in its layer, without comments."""

    def put_in(found: re.Match[str]) -> str:
        return f"@layer {found[2]} {{\n{_source('css/' + found[1])}\n}}\n"

    return SPACE.sub("\n", COMMENT.sub("", IMPORT.sub(put_in, _source(entry))))


def _source(name: str) -> str:
    """Return a static file's text as it stands in the project."""
    return Path(str(finders.find(name))).read_text(encoding="utf-8")
