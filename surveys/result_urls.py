"""The addresses of what families answered."""

from django.urls import URLPattern, path

from surveys.views import result_files, results, settings, text_answers

urlpatterns: list[URLPattern] = [
    path("settings/results/", settings.results, name="settings_results"),
    path("<int:pk>/results/", results.survey, name="survey_results"),
    path("waves/<int:pk>/results/", results.wave, name="wave_results"),
    path("waves/<int:pk>/results.<slug:kind>", result_files.download, name="result_file"),
    path("waves/<int:pk>/results/<str:key>/", results.question, name="question_results"),
    path("waves/<int:pk>/answers/<str:key>/", text_answers.page, name="text_answers"),
]
