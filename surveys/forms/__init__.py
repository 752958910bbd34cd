"""The forms of the surveys app."""
