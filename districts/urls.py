"""Addresses of the districts app."""

from django.urls import path

from districts.views import brand, health, joining, look, sign_in

app_name = "districts"

urlpatterns = [
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
    path("health/host/", health.host, name="host"),
    path("theme/<slug:version>.css", look.theme, name="theme"),
    path("mark/<slug:version>.svg", brand.favicon, name="favicon"),
    path("logo/", brand.logo, name="logo"),
    path("robots.txt", brand.robots, name="robots"),
    path("look/", look.choose, name="look"),
    path("join/<str:token>/", joining.join, name="invitation"),
    path("no-place/", sign_in.no_place, name="no_place"),
]
