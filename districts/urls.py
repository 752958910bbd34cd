"""Addresses of the districts app."""

from django.urls import path

from districts.views import health, look

app_name = "districts"

urlpatterns = [
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
    path("theme/<slug:version>.css", look.theme, name="theme"),
    path("look/", look.choose, name="look"),
]
