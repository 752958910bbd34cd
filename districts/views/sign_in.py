"""What a person sees who signed in where they have no place."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from districts.doors import member_of


@require_safe
def no_place(request: HttpRequest) -> HttpResponse:
    """Say that this login has no place in the district, and how to leave or get one."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if member_of(request):
        return redirect("/inbox/")
    return render(request, "districts/no_place.html", status=403)
