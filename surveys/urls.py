"""The addresses of surveys: for staff under surveys/, for families under a/."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "surveys"
urlpatterns: list[URLPattern | URLResolver] = [
    path("surveys/", include("surveys.editor_urls")),
    path("surveys/", include("surveys.wave_urls")),
    path("surveys/", include("surveys.result_urls")),
    path("a/", include("surveys.stop_urls")),
    path("surveys/", include("surveys.paper_urls")),
    path("a/", include("surveys.answer_urls")),
]
