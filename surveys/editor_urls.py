"""The addresses of writing surveys."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
