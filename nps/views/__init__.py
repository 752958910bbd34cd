"""The pages of the nps app."""
