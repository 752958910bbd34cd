"""What the API can do: described for programs, and on a page for people."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from drf_spectacular.renderers import OpenApiYamlRenderer

from districts import description
from districts.models import KeyScope

JSON = "application/vnd.oai.openapi+json"
YAML = "application/vnd.oai.openapi; charset=utf-8"


@require_safe
@transaction.non_atomic_requests
def schema(request: HttpRequest) -> HttpResponse:
    """Answer OpenAPI as JSON, or as YAML with `?format=yaml`."""
    if request.GET.get("format") == "yaml":
        renderer: Any = OpenApiYamlRenderer()
        text = renderer.render(description.openapi())
        return HttpResponse(text, content_type=YAML)
    return JsonResponse(description.openapi(), content_type=JSON)


@require_safe
@transaction.non_atomic_requests
def docs(request: HttpRequest) -> HttpResponse:
    """Answer a page with everything that can be asked, which needs no script."""
    context = {
        "operations": list(description.operations()),
        "scopes": KeyScope.choices,
        "rate": settings.API_REQUESTS_A_MINUTE,
        "address": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "districts/api_docs.html", context)


@require_safe
@transaction.non_atomic_requests
def root(request: HttpRequest) -> HttpResponse:
    """Lead whoever opens the API itself to its description."""
    return redirect("districts:api_docs")
