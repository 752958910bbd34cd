"""What a guardian allows at an address: withdrawn, granted again, and apart for each purpose."""

from families import consents
from families.models import Consent, ContactPoint, Purpose
from tests.builders import DAY, NOON, make_guardian
from tests.cast import Cast


def make_point() -> ContactPoint:
    return make_guardian(email="ana@family.example").contact_points.get()


def test_consent_is_withdrawn_and_granted_again_in_one_row(in_fairview: Cast):
    point = make_point()
    consents.withdraw(point, Purpose.SURVEYS, how="by phone", at=NOON)
    assert consents.is_withdrawn(point, Purpose.SURVEYS)
    consents.grant(point, Purpose.SURVEYS, how="by letter", at=NOON + DAY)
    assert not consents.is_withdrawn(point, Purpose.SURVEYS)
    assert (Consent.objects.get().how, Consent.objects.get().granted_at) == (
        "by letter",
        NOON + DAY,
    )


def test_a_purpose_is_withdrawn_apart_from_the_others(in_fairview: Cast):
    point = make_point()
    consents.withdraw(point, Purpose.SURVEYS, how="by phone", at=NOON)
    assert not consents.is_withdrawn(point, Purpose.ANSWERS)
