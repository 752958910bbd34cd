"""Addresses of outgoing mail, under outbox/."""

from django.urls import path

from families.views import outbox

app_name = "outbox"

urlpatterns = [
    path("", outbox.index, name="list"),
    path("<int:pk>/", outbox.letter, name="letter"),
    path("<int:pk>/drawn/", outbox.drawn, name="drawn"),
    path("<int:pk>/send-again/", outbox.send_again, name="send_again"),
    path("<int:pk>/discard/", outbox.discard, name="discard"),
]
