"""Whether this process is alive and can reach its database."""

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET


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
