"""Addresses of surveys in version 1 of the API."""

from django.urls import path

from surveys.api.responses import Responses
from surveys.api.surveys import Surveys, SurveyWaves, Versions
from surveys.api.waves import OneWave, WaveResults

app_name = "surveys_api"

urlpatterns = [
    path("surveys/", Surveys.as_view(), name="surveys"),
    path("surveys/<int:pk>/versions/", Versions.as_view(), name="versions"),
    path("surveys/<int:pk>/waves/", SurveyWaves.as_view(), name="survey_waves"),
    path("waves/<int:pk>/", OneWave.as_view(), name="wave"),
    path("waves/<int:pk>/results/", WaveResults.as_view(), name="results"),
    path("waves/<int:pk>/responses/", Responses.as_view(), name="responses"),
]
