"""The address at which a family takes itself off all surveys."""

from django.urls import path

from surveys.views import stop

urlpatterns = [path("stop/<str:token>/", stop.stop, name="stop")]
