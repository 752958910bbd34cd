"""Template tags of the districts app."""
