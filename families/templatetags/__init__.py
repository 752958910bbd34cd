"""Template tags and filters of the families app."""
