"""The addresses of answering, for families."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
