"""What a new district does in its first afternoon, and how far it is."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from districts.models import (
    BusinessCalendar,
    District,
    MemberInvitation,
    Membership,
    School,
    TeamMembership,
)
from districts.signals import answers, steps_asked


@dataclass(frozen=True, order=True)
class Step:
    """One thing to set up; ``place`` orders the list."""

    place: int
    title: str
    text: str
    url: str
    is_done: bool


def steps(district: District) -> list[Step]:
    """Return the steps of every app, in order."""
    return sorted([*_own(district), *answers(steps_asked, District, district=district)])


def _own(district: District) -> list[Step]:
    invited = MemberInvitation.objects.exists() or Membership.objects.count() > 1
    return [
        Step(
            10,
            _("Name, colors and languages"),
            _("What families see at the top of every page, and how they reach you by phone."),
            reverse("districts:profile"),
            bool(district.phone or district.email),
        ),
        Step(
            20,
            _("Schools"),
            _("Each school gets a page of its own to ask on."),
            reverse("districts:schools"),
            School.objects.exists(),
        ),
        Step(
            30,
            _("People"),
            _("Invite those who answer. They choose their own password."),
            reverse("districts:invitations"),
            invited,
        ),
        Step(
            40,
            _("Teams"),
            _("Who answers together, such as Transportation, and who leads."),
            reverse("districts:teams"),
            TeamMembership.objects.exists(),
        ),
        Step(
            60,
            _("Calendar"),
            _("Office hours, breaks and snow days: promises count only when you work."),
            reverse("districts:calendars"),
            BusinessCalendar.objects.filter(is_default=True, weekly_spans__isnull=False).exists(),
        ),
    ]
