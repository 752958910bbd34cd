"""The API describes itself: every address, for programs and on a page that needs no script."""

import re

import pytest
import yaml
from django.test import Client
from django.urls import get_resolver

from inbox.api import urls as inbox_urls
from surveys.api import urls as surveys_urls

HOSTS = ["fairview.localhost", "127.0.0.1:8000"]


@pytest.fixture(params=HOSTS)
def visitor(request, fairview, harbor):
    """Return a client without a key, on a district's host and on the bare one."""
    return Client(headers={"host": request.param})


def test_every_address_is_described(visitor):
    described = visitor.get("/api/v1/schema/").json()["paths"]
    patterns = [*inbox_urls.urlpatterns, *surveys_urls.urlpatterns]
    routes = {re.sub(r"<int:\w+>", "{n}", f"/api/v1/{one.pattern}") for one in patterns}
    assert {re.sub(r"{\w+}", "{n}", path) for path in described} == routes
    assert get_resolver().resolve("/api/v1/schema/").view_name == "districts:api_schema"


def test_the_description_is_openapi_in_json_and_yaml(visitor):
    said = visitor.get("/api/v1/schema/")
    assert said.headers["Content-Type"] == "application/vnd.oai.openapi+json"
    assert said.json()["openapi"].startswith("3.")
    assert said.json()["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"
    assert yaml.safe_load(visitor.get("/api/v1/schema/?format=yaml").content) == said.json()


def test_every_answer_of_every_address_has_a_schema(visitor):
    for methods in visitor.get("/api/v1/schema/").json()["paths"].values():
        for said in methods.values():
            assert said["summary"]
            for answer in said["responses"].values():
                assert answer["content"], said["operationId"]


def test_the_page_says_the_same_without_script_or_inline_style(visitor):
    page = visitor.get("/api/v1/docs/").content.decode()
    for path, methods in visitor.get("/api/v1/schema/").json()["paths"].items():
        assert all(f"{method.upper()} {path}" in page for method in methods)
    assert not re.search(r"<script|style=|\son\w+=", page)


def test_the_root_leads_to_the_page(visitor):
    assert visitor.get("/api/v1/").headers["Location"] == "/api/v1/docs/"
