"""Surveys over the API."""
