"""The nouns of the districts app."""

from districts.models.absence import Absence, OpenWork
from districts.models.audit import AuditEntry
from districts.models.base import DistrictForeignKey, DistrictOwned, ScopedManager
from districts.models.calendars import (
    BusinessCalendar,
    CalendarException,
    CalendarUpload,
    ExceptionSource,
    ExceptionSpan,
    WeeklySpan,
)
from districts.models.district import District, DistrictHost
from districts.models.entry import ApiKey, KeyScope, MemberInvitation
from districts.models.once import insert_once
from districts.models.people import (
    ANSWERING,
    Membership,
    MembershipSchool,
    Role,
    TeamMembership,
    User,
)
from districts.models.places import Department, Distribution, HereBy, School, Team

__all__ = [
    "ANSWERING",
    "Absence",
    "ApiKey",
    "AuditEntry",
    "BusinessCalendar",
    "CalendarException",
    "CalendarUpload",
    "Department",
    "Distribution",
    "District",
    "DistrictForeignKey",
    "DistrictHost",
    "DistrictOwned",
    "ExceptionSource",
    "ExceptionSpan",
    "HereBy",
    "KeyScope",
    "MemberInvitation",
    "Membership",
    "MembershipSchool",
    "OpenWork",
    "Role",
    "School",
    "ScopedManager",
    "Team",
    "TeamMembership",
    "User",
    "WeeklySpan",
    "insert_once",
]
