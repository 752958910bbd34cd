"""All that answers on the installation's own host while it is no district's."""

from django.urls import include, path

from districts.views import front, health

# The same names as elsewhere, so that the templates of every page find them.
districts_patterns = (
    [
        path("", front.front, name="front"),
        path("health/live/", health.live, name="live"),
        path("health/ready/", health.ready, name="ready"),
    ],
    "districts",
)

urlpatterns = [path("", include(districts_patterns))]

handler400 = "districts.views.errors.bad_request"
handler403 = "districts.views.errors.forbidden"
handler404 = "districts.views.errors.not_found"
handler500 = "districts.views.errors.server_error"
