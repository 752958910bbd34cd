"""Whom an address belongs to, inside the district in scope only."""

import phonenumbers

from families.models import ContactKind, ContactPoint, Guardian, Student

REGION = "US"


def recognise(*, email: str = "", phone: str = "") -> Guardian | None:
    """Return the guardian that the addresses name, or None when they name nobody or several.

    Where both are given and both are known, they must name the same person.
    """
    found = [
        guardians
        for guardians in (
            _holders(ContactKind.EMAIL, email.strip().lower()),
            _holders(ContactKind.PHONE, e164(phone)),
        )
        if guardians
    ]
    named = set.intersection(*found) if found else set()
    return Guardian.objects.get(pk=named.pop()) if len(named) == 1 else None


def e164(phone: str) -> str:
    """Return a number as it is stored, +15551234567, or an empty string when it is none."""
    try:
        number = phonenumbers.parse(phone, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _holders(kind: ContactKind, value: str) -> set[int]:
    if not value:
        return set()
    points = ContactPoint.objects.filter(
        kind=kind, normalized=value, guardian__is_active=True, guardian__family__is_active=True
    )
    return set(points.values_list("guardian_id", flat=True))


def recognise_student(guardian: Guardian | None, name: str) -> Student | None:
    """Return the guardian's own student of that name, given or whole, if there is just one."""
    wanted = " ".join(name.split()).casefold()
    if guardian is None or not wanted:
        return None
    own = Student.objects.filter(guardianships__guardian=guardian, is_active=True)
    named = [who for who in own if wanted in {who.name.casefold(), who.given_name.casefold()}]
    return named[0] if len(named) == 1 else None
