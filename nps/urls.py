"""The addresses of scores and of closing the loop."""

from django.urls import path

from nps.views import loop

app_name = "nps"
urlpatterns = [
    path("loop/", loop.page, name="loop"),
    path("loop/thanks/", loop.thanks, name="thanks"),
]
