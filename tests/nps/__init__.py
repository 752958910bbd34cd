"""Scores, and what follows from an answer."""
