"""Families, guardians, students and consent, and the only code that reaches a guardian."""
