"""Questionnaires, waves, invitations and responses."""
