"""Addresses of the inbox: asking, answering, and what goes on between."""

from django.urls import include, path

from inbox.views import ask, live, sending, service, status

app_name = "inbox"

urlpatterns = [
    path("", ask.home, name="home"),
    path("s/<slug:slug>/", ask.school, name="ask_school"),
    path("ask/", ask.ask, name="ask"),
    path("ask/<slug:slug>/", ask.ask, name="ask_topic"),
    path("status/", status.find, name="find"),
    path("status/<str:token>/", status.status, name="status"),
    path("status/<str:token>/write/", status.write, name="write"),
    path("status/<str:token>/rate/", status.rate, name="rate"),
    path("status/<str:token>/files/<int:pk>/", status.file, name="status_file"),
    path("files/<int:pk>/", sending.file, name="file"),
    path("settings/", include("inbox.settings_urls")),
    path("inbox/live/", live.poll, name="live"),
    path("service/", service.page, name="service"),
    path("service/csv/", service.download, name="service_csv"),
]
