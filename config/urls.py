"""Every address of the product, app by app."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("districts.urls")),
    path("", include("inbox.urls")),
    path("outbox/", include("families.outbox_urls")),
    path("families/", include("families.urls")),
    path("", include("surveys.urls")),
    path("", include("nps.urls")),
    path("accounts/", include("districts.account_urls")),
    path("api/v1/", include("inbox.api.urls")),
    path("api/v1/", include("surveys.api.urls")),
]

handler400 = "districts.views.errors.bad_request"
handler403 = "districts.views.errors.forbidden"
handler404 = "districts.views.errors.not_found"
handler500 = "districts.views.errors.server_error"
