"""Addresses of the inbox: asking, answering, and what goes on between."""

from django.urls import path

from inbox.views import live

app_name = "inbox"

urlpatterns = [
    path("inbox/live/", live.poll, name="live"),
]
