"""The two commands, run for real."""
