"""The page of the installation's own host, which shows no district."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.models import District


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Say what this is and where to go; name no district, nor how many there are."""
    return render(request, "districts/front.html", {"is_new": not District.objects.exists()})
