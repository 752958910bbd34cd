"""The addresses of what families answered."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
