"""Whether this process is alive, can reach its database, and answers to a name."""

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from districts.hosts import is_known


@require_GET
@transaction.non_atomic_requests
def live(request: HttpRequest) -> JsonResponse:
    """Answer while the process runs."""
    return JsonResponse({"status": "ok"})


@require_GET
@transaction.non_atomic_requests
def ready(request: HttpRequest) -> JsonResponse:
    """Answer when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_GET
@transaction.non_atomic_requests
def host(request: HttpRequest) -> JsonResponse:
    """Tell the TLS proxy whether ``?domain=`` is ours, before it asks for a certificate."""
    known = is_known(request.GET.get("domain", ""))
    return JsonResponse({"known": known}, status=200 if known else 404)
