"""The addresses of entering answers that came on paper."""

from django.urls import URLPattern, path

from surveys.views import paper

urlpatterns: list[URLPattern] = [
    path("paper/", paper.waves, name="paper"),
    path("paper/<int:pk>/", paper.sheet, name="paper_sheet"),
]
