"""The doors to families: district first, then which families this member may see."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from districts.models import Membership
from districts.permissions import Permission, may
from families.models import Enrollment, Family, Guardian, Guardianship, Student
from families.signals import guardians_met


def families_of(member: Membership) -> QuerySet[Family]:
    """Return the families a member may see.

    Whoever sees all sees all. Others see the families that they meet in a conversation, and, when
    they are limited to schools, those with a student there.
    """
    families = Family.objects.filter(is_active=True)
    if not may(member, Permission.SEE_FAMILIES):
        return families.none()
    if may(member, Permission.SEE_ALL):
        return families
    met = [found for _receiver, found in guardians_met.send(sender=Family, member=member)]
    known = Q(pk__in=[])
    for guardians in met:
        known |= Q(pk__in=Guardian.objects.filter(pk__in=guardians).values("family"))
    if member.school_ids:
        known |= Q(pk__in=_at_schools(member.school_ids))
    return families.filter(known)


def family_or_404(member: Membership, pk: int) -> Family:
    """Return a family by its id, or answer as if there were none."""
    found = families_of(member).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def families_named(member: Membership, words: str) -> QuerySet[Family]:
    """Return the families in which somebody's name holds every word, by name."""
    found = families_of(member)
    for word in words.split()[:6]:
        guardians = Guardian.objects.filter(_named(word)).values("family")
        students = Student.objects.filter(_named(word))
        linked = Guardianship.objects.filter(student__in=students).values("guardian__family")
        found = found.filter(Q(name__icontains=word) | Q(pk__in=guardians) | Q(pk__in=linked))
    return found.order_by("name", "pk")


def guardians_named(member: Membership, words: str) -> QuerySet[Guardian]:
    """Return the adults whose own or whose children's names hold every word, by name."""
    found = Guardian.objects.filter(family__in=families_of(member), is_active=True)
    for word in words.split()[:6]:
        students = Student.objects.filter(_named(word))
        linked = Guardianship.objects.filter(student__in=students).values("guardian")
        found = found.filter(_named(word) | Q(pk__in=linked))
    return found.prefetch_related("contact_points", "guardianships__student")


def guardian_by_id(member: Membership, pk: int) -> Guardian | None:
    """Return one adult of a family that the member may see."""
    return guardians_named(member, "").filter(pk=pk).first()


def _named(word: str) -> Q:
    return Q(given_name__icontains=word) | Q(family_name__icontains=word)


def _at_schools(school_ids: list[int]) -> QuerySet[Guardianship, Any]:
    students = Enrollment.objects.filter(school__in=school_ids).values("student")
    return Guardianship.objects.filter(student__in=students).values("guardian__family")
