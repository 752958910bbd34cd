"""Serves the gallery's pages and the static files under the product's content security policy."""

import mimetypes
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.contrib.messages.storage.base import Message
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.urls import set_urlconf
from django.utils import translation

from districts import charts
from districts.theme import stylesheet
from tests.browser.gallery.forms import AskForm

ROOT = Path(__file__).resolve().parents[3]
PAGES = Path(__file__).resolve().parent / "pages"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
DISTRICT = SimpleNamespace(
    name="Fairview Schools", primary_color="#12573f", secondary_color="#8a5a00",
    phone="(555) 010-0199", email="help@fairview.example", logo=None,
)  # fmt: skip
MEMBER = SimpleNamespace(
    name="Jo Kim",
    initials="JK",
    role="agent",
    is_active=True,
    shortcuts=True,
    get_role_display=lambda: "Agent",
)
TOPICS = [
    {"name": "Transportation", "before": 8, "now": 21, "words": "+13"},
    {"name": "Food service", "before": 9, "now": 6, "words": "−3"},
]
AGENTS = [
    {"name": str(n), "low": 50 + 8 * n, "middle": 56 + 8 * n, "high": 60 + 8 * n, "chosen": n == 3}
    | {"words": f"{56 + 8 * n} %"}
    for n in range(2, 5)
]
CHARTS = [
    charts.Chart(
        "topics",
        "Transportation grew most.",
        "Two topics, this month beside the month before.",
        charts.changes(TOPICS, axis="Conversations"),
    ),
    charts.Chart(
        "planner",
        "One agent more keeps 88 % of the promises.",
        "Share of promises kept with two, three and four agents.",
        charts.intervals(
            AGENTS,
            across="Agents",
            up="Promises kept, %",
            marks=[{"at": 78, "words": "So it was: 78 %"}],
        ),
    ),
]


@cache
def engine() -> DjangoTemplates:
    """Return an engine that finds the product's templates and then the gallery's."""
    processors = [f"django.template.context_processors.{name}" for name in ("request", "i18n")]
    return DjangoTemplates(
        {
            "NAME": "gallery",
            "DIRS": [ROOT / "templates", PAGES],
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": processors},
        }
    )


def context() -> dict[str, Any]:
    """Return what a view and the context processor would give."""
    wrong = AskForm({"message": "", "email": "ana at home", "phone": "555 0123"})
    return {
        "district": DISTRICT,
        "member": MEMBER,
        "languages": [("en", "English"), ("es", "Español"), ("ar", "العربية")],
        "form": AskForm(),
        "wrong": wrong,
        "messages": [Message(20, "Draft of Tuesday put back"), Message(40, "Not sent")],
        "ten": range(1, 11),
        "section": "inbox",
        "charts": CHARTS,
        "palette_url": "/go/",
    }


def render(path: str) -> str | None:
    """Return a page's HTML, or None where there is no such page."""
    url = urlsplit(path)
    name = url.path.strip("/") or "index"
    if not (PAGES / f"{name}.html").is_file():
        return None
    request = RequestFactory().get(path)
    request.COOKIES.update({"density": "compact"} if "compact" in url.query else {})
    set_urlconf("config.urls")
    with translation.override("ar" if "rtl" in url.query else "en"):
        return engine().get_template(f"{name}.html").render(context(), request)


class Handler(BaseHTTPRequestHandler):
    """Answers pages, the theme and static files."""

    def do_GET(self) -> None:
        if self.path.startswith("/theme/"):
            css = stylesheet(DISTRICT.primary_color, DISTRICT.secondary_color)
            return self.answer("text/css", css.encode())
        if self.path.startswith("/mark/"):
            return self.answer("image/svg+xml", (ROOT / "static/mark.svg").read_bytes())
        if self.path.startswith("/static/"):
            file = ROOT / urlsplit(self.path).path.lstrip("/")
            if file.is_file():
                kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                return self.answer(kind, file.read_bytes())
        page = render(self.path)
        if page is not None:
            return self.answer("text/html; charset=utf-8", page.encode())
        return self.answer("text/plain", b"nothing here", HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.answer("text/plain", b"", HTTPStatus.NO_CONTENT)

    def answer(self, kind: str, body: bytes, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def serve() -> ThreadingHTTPServer:
    """Return a server on a free port of this machine; the caller runs and closes it."""
    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)
