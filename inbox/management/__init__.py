"""Commands of the inbox app."""
