"""News of the families app for the apps above it."""

from django.dispatch import Signal

# Sent with `delivery` and `at`, in the transaction that gave a delivery up or held it.
delivery_stuck = Signal()
