"""Drills: processes are killed for real."""
