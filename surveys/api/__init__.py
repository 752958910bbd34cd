"""Surveys for machines: version 1 of the API."""
