"""News of the inbox for the apps above."""

from django.dispatch import Signal

# conversation, at: a letter is about to ask how we did. Whoever asks in another way answers with
# the address to ask at, or with "" where this family is not to be asked now; None leaves it be.
rating_wanted = Signal()
