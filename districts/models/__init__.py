"""The nouns of the districts app."""

from districts.models.audit import AuditEntry
from districts.models.base import DistrictForeignKey, DistrictOwned, ScopedManager
from districts.models.calendars import (
    BusinessCalendar,
    CalendarException,
    ExceptionSpan,
    WeeklySpan,
)
from districts.models.district import District, DistrictHost
from districts.models.entry import ApiKey, KeyScope, MemberInvitation
from districts.models.people import (
    ANSWERING,
    Membership,
    MembershipSchool,
    Role,
    TeamMembership,
    User,
)
from districts.models.places import Department, School, Team

__all__ = [
    "ANSWERING",
    "ApiKey",
    "AuditEntry",
    "BusinessCalendar",
    "CalendarException",
    "Department",
    "District",
    "DistrictForeignKey",
    "DistrictHost",
    "DistrictOwned",
    "ExceptionSpan",
    "KeyScope",
    "MemberInvitation",
    "Membership",
    "MembershipSchool",
    "Role",
    "School",
    "ScopedManager",
    "Team",
    "TeamMembership",
    "User",
    "WeeklySpan",
]
