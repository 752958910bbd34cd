"""The addresses of answering, for families."""

from django.urls import URLPattern, path

from surveys.views import answer, code

urlpatterns: list[URLPattern] = [
    path("code/", code.find, name="code"),
    path("o/<str:token>/", answer.by_open_link, name="open"),
    path("<str:token>/", answer.personal, name="answer"),
]
