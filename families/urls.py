"""Addresses of the families app."""

from django.urls import path

from families.views import card

app_name = "families"

urlpatterns = [
    path("", card.browse, name="list"),
    path("<int:family>/", card.detail, name="detail"),
    path("<int:family>/card/", card.card, name="card"),
]
