"""The nouns of the families app."""

from families.models.contact import Consent, ContactKind, ContactPoint, Purpose
from families.models.delivery import Delivery, DeliveryState
from families.models.family import Family, Guardian
from families.models.student import Enrollment, Guardianship, Student

__all__ = [
    "Consent",
    "ContactKind",
    "ContactPoint",
    "Delivery",
    "DeliveryState",
    "Enrollment",
    "Family",
    "Guardian",
    "Guardianship",
    "Purpose",
    "Student",
]
