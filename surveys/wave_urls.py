"""The addresses of sending surveys."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
