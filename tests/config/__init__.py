"""The project as a whole: its log."""
