"""The API described by itself: OpenAPI, generated once, and the same as plain facts for a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator

PLAIN = {"string": "text", "integer": "number", "int64": "number", "uri": "address"}
METHODS = ("get", "post", "put", "patch", "delete")


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tells programs how a key is sent; drf-spectacular finds it by its target."""

    target_class = "districts.machines.KeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "earshot_..."}


@dataclass(frozen=True)
class Value:
    """One parameter or field: its dotted path, its kind, and what it may hold."""

    name: str
    kind: str
    note: str
    is_required: bool


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked of the API."""

    id: str
    method: str
    path: str
    summary: str
    tag: str
    parameters: list[Value]
    body: list[Value]
    success: str
    answer: list[Value]
    failures: list[tuple[str, str]]


@cache
def openapi() -> dict[str, Any]:
    """Return the OpenAPI description; it is the same for every district."""
    with translation.override("en"):
        generator: Any = SchemaGenerator
        found: dict[str, Any] = generator().get_schema(request=None, public=True)
    for name, schema in found["components"]["schemas"].items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
    return found


def operations() -> Iterator[Operation]:
    """Yield what can be asked, in the order of the addresses."""
    for path, methods in openapi()["paths"].items():
        for method in METHODS:
            if method in methods:
                yield _operation(path, method, methods[method])


def _operation(path: str, method: str, said: dict[str, Any]) -> Operation:
    answers = said["responses"]
    success = min(answers)
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said.get("summary", ""),
        tag=said["tags"][0],
        parameters=[_parameter(each) for each in said.get("parameters", [])],
        body=_values(said.get("requestBody")),
        success=success,
        answer=_values(answers[success]),
        failures=[(code, answers[code]["description"]) for code in sorted(answers)[1:]],
    )


def _parameter(said: dict[str, Any]) -> Value:
    kind, note = _kind(said["schema"])
    note = " ".join(filter(None, [said.get("description", ""), note]))
    return Value(said["name"], kind, note, is_required=said.get("required", False))


def _values(said: dict[str, Any] | None) -> list[Value]:
    """Return the fields of a request or an answer, those of objects inside it indented by dots."""
    content = (said or {}).get("content", {}).get("application/json")
    return list(_fields(_resolved(content["schema"]))) if content else []


def _fields(schema: dict[str, Any], prefix: str = "") -> Iterator[Value]:
    for name, said in schema.get("properties", {}).items():
        inner = _resolved(said)
        kind, note = _kind(inner)
        note = " ".join(filter(None, [said.get("description", ""), note]))
        required = name in schema.get("required", [])
        yield Value(f"{prefix}{name}", kind, note, is_required=required)
        items = _resolved(inner.get("items", {}))
        yield from _fields(items or inner, f"{prefix}{name}{'[]' if items else ''}.")


def _kind(schema: dict[str, Any]) -> tuple[str, str]:
    """Return what a value is in a word, and its limits."""
    schema = _resolved(schema)
    limits = []
    if choices := schema.get("enum"):
        limits.append("One of " + ", ".join(str(choice) for choice in choices) + ".")
    if longest := schema.get("maxLength"):
        limits.append(f"At most {longest:,} characters.")
    if "maximum" in schema and schema["maximum"] < 1_000_000:
        limits.append(f"From {schema.get('minimum', 0)} to {schema['maximum']}.")
    kind = "list" if "items" in schema else str(schema.get("format") or schema.get("type", ""))
    return PLAIN.get(kind, kind), " ".join(limits)


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to the schema it names."""
    parts = schema.get("allOf", schema.get("oneOf", []))
    if parts:
        return _resolved(next((part for part in parts if "$ref" in part), parts[0]))
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].rpartition("/")[2]
    found: dict[str, Any] = openapi()["components"]["schemas"][name]
    return found
