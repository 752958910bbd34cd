"""Addresses of outgoing mail, under outbox/."""

from django.urls import path

from families.views import outbox

app_name = "outbox"

urlpatterns = [
    path("", outbox.index, name="list"),
    path("<int:pk>/", outbox.letter, name="letter"),
    path("<int:pk>/drawn/", outbox.drawn, name="drawn"),
    path("<int:pk>/send-again/", outbox.settle, {"decision": "send_again"}, name="send_again"),
    path("<int:pk>/arrived/", outbox.settle, {"decision": "arrived"}, name="arrived"),
    path("<int:pk>/discard/", outbox.settle, {"decision": "discard"}, name="discard"),
]
