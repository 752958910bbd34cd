"""The addresses of waves, for staff."""

from django.urls import path

from surveys.views import budget, wave, wave_acts, wave_letters, waves

urlpatterns = [
    path("<int:pk>/waves/", waves.index, name="waves"),
    path("<int:pk>/waves/new/", waves.new, name="wave_new"),
    path("settings/budget/", budget.edit, name="settings_budget"),
    path("waves/<int:pk>/", wave.page, name="wave"),
    path("waves/<int:pk>/edit/", waves.edit, name="wave_edit"),
    path("waves/<int:pk>/remove/", waves.remove, name="wave_remove"),
    path("waves/<int:pk>/skips/", wave.skips, name="wave_skips"),
    path("waves/<int:pk>/bounces/", wave.bounces, name="wave_bounces"),
    path("waves/<int:pk>/open/", wave_acts.open_now, name="wave_open"),
    path("waves/<int:pk>/stop/", wave_acts.stop, name="wave_stop"),
    path("waves/<int:pk>/resume/", wave_acts.resume, name="wave_resume"),
    path("waves/<int:pk>/remind/", wave_acts.remind, name="wave_remind"),
    path("waves/<int:pk>/prolong/", wave_acts.prolong, name="wave_prolong"),
    path("waves/<int:pk>/close/", wave_acts.close, name="wave_close"),
    path("waves/<int:pk>/letters/", wave_letters.letters, name="wave_letters"),
]
