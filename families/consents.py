"""What a guardian allows: granted and withdrawn for an address and a purpose, with when and how."""

from datetime import datetime

from families.models import Consent, ContactPoint, Purpose


def withdraw(point: ContactPoint, purpose: Purpose, *, how: str, at: datetime) -> None:
    """Reach nobody at an address for a purpose any more; nothing changes where that is so."""
    _write(point, purpose, how=how, withdrawn_at=at)


def grant(point: ContactPoint, purpose: Purpose, *, how: str, at: datetime) -> None:
    """Reach an address for a purpose again."""
    _write(point, purpose, how=how, granted_at=at, withdrawn_at=None)


def is_withdrawn(point: ContactPoint, purpose: Purpose) -> bool:
    """Say whether nobody may be reached at an address for a purpose."""
    return point.consents.filter(purpose=purpose, withdrawn_at__isnull=False).exists()


def _write(point: ContactPoint, purpose: Purpose, *, how: str, **when: datetime | None) -> None:
    Consent.objects.update_or_create(
        contact_point=point, purpose=purpose, defaults={"how": how, **when}
    )
