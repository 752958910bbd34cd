"""News of surveys for the apps above."""

from django.dispatch import Signal

# response, at: a family finished a confidential response, or changed a finished one.
response_submitted = Signal()
# wave, at: a wave takes no more answers.
wave_closed = Signal()
