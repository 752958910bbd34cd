"""The pages of the districts app."""
