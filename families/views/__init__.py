"""The pages of the families app."""
