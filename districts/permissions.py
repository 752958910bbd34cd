"""Who may do what: the one table from roles to permissions."""

from enum import StrEnum

from districts.models import Membership, Role


class Permission(StrEnum):
    """What a member may be allowed to do in a district."""

    SEE_INBOX = "see_inbox"
    SEE_ALL = "see_all"
    RECORD = "record"
    ANSWER = "answer"
    SEE_FAMILIES = "see_families"
    SEE_SERVICE = "see_service"
    MANAGE_INBOX = "manage_inbox"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_DISTRICT = "manage_district"
    SEE_OUTBOX = "see_outbox"
    SEE_AUDIT = "see_audit"
    MANAGE_SURVEYS = "manage_surveys"
    SEE_RESULTS = "see_results"
    READ_ANSWERS = "read_answers"


_VIEWER = {Permission.SEE_INBOX, Permission.SEE_SERVICE, Permission.SEE_RESULTS}
_RECORDER = {Permission.SEE_INBOX, Permission.RECORD, Permission.SEE_FAMILIES}
_AGENT = {*_VIEWER, *_RECORDER, Permission.ANSWER}
_MANAGER = {
    *_AGENT,
    Permission.SEE_ALL,
    Permission.MANAGE_SURVEYS,
    Permission.READ_ANSWERS,
}

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.VIEWER: frozenset(_VIEWER),
    Role.RECORDER: frozenset(_RECORDER),
    Role.AGENT: frozenset(_AGENT),
    Role.MANAGER: frozenset(_MANAGER),
    Role.ADMINISTRATOR: frozenset(Permission),
}


def may(member: Membership, permission: Permission) -> bool:
    """Say whether a member's role has a permission."""
    return member.is_active and permission in PERMISSIONS[member.role]
