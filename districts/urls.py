"""Addresses of the districts app."""

from django.urls import include, path

from districts.views import absences, api_docs, brand, health, joining, look, preferences, sign_in

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
    path("me/", preferences.edit, name="preferences"),
    path("me/absences/", absences.mine, name="absences"),
    path("me/absences/<int:pk>/end/", absences.end_mine, name="absence_end"),
    path("settings/", include("districts.settings_urls")),
    path("api/v1/", api_docs.root, name="api"),
    path("api/v1/docs/", api_docs.docs, name="api_docs"),
    path("api/v1/schema/", api_docs.schema, name="api_schema"),
]
