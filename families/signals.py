"""News of the families app for the apps above it."""

from django.dispatch import Signal

# Sent with `delivery` and `at`, in the transaction that gave a delivery up or held it.
delivery_stuck = Signal()

# Asked with `member`; each receiver answers with a queryset of the ids of guardians whom the member
# meets in its part of the product, and whose families the member may therefore see.
guardians_met = Signal()
