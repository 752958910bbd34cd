"""Addresses of the districts app."""

from django.urls import path

from districts.views import health

app_name = "districts"

urlpatterns = [
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
]
