"""Inviting people to a district: a link that expires, works once, and is stored hashed."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from districts import audit, letters
from districts.hosts import address_of
from districts.models import (
    MemberInvitation,
    Membership,
    MembershipSchool,
    School,
    Team,
    TeamMembership,
    User,
)
from districts.signals import member_joined

LASTS = timedelta(days=7)


class SpentInvitationError(Exception):
    """The invitation was accepted, was revoked or has expired."""


class AddressTakenError(Exception):
    """The invitation's address has a login already."""


@dataclass(frozen=True)
class Place:
    """What an invitation offers: a role, and the team and school that it begins with."""

    role: str
    team: Team | None = None
    school: School | None = None


@transaction.atomic
def issue(
    email: str, place: Place, *, name: str = "", by: Membership | None, at: datetime
) -> tuple[MemberInvitation, str]:
    """Invite somebody, ending an older invitation of theirs; return the invitation and its link.

    Raises ValidationError where the address is an active member's already.
    """
    email = email.strip().lower()
    if Membership.objects.active().filter(user__email=email).exists():
        raise ValidationError(_("This person is a member already."))
    for older in MemberInvitation.objects.open(at).filter(email=email):
        revoke(older, by=by, at=at)
    token = secrets.token_urlsafe(32)
    invitation = MemberInvitation.objects.create(
        email=email,
        name=name,
        role=place.role,
        team=place.team,
        school=place.school,
        token_hash=hash_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + LASTS,
    )
    audit.write("invited", invitation, by=by, at=at, email=email, role=place.role)
    return invitation, _send(invitation, token, at=at)


def reissue(
    invitation: MemberInvitation, *, by: Membership | None, at: datetime
) -> tuple[MemberInvitation, str]:
    """Send the same invitation with a new link and a new week; the old link ends."""
    place = Place(invitation.role, invitation.team, invitation.school)
    return issue(invitation.email, place, name=invitation.name, by=by, at=at)


@transaction.atomic
def revoke(invitation: MemberInvitation, *, by: Membership | None, at: datetime) -> None:
    """End an invitation; one that was accepted or has ended stays as it is."""
    if MemberInvitation.objects.open(at).filter(pk=invitation.pk).update(revoked_at=at):
        audit.write("invitation_revoked", invitation, by=by, at=at, email=invitation.email)


def find(token: str, *, at: datetime) -> MemberInvitation | None:
    """Return the open invitation of the district in scope that a link's token belongs to."""
    return MemberInvitation.objects.open(at).filter(token_hash=hash_of(token)).first()


@transaction.atomic
def accept(invitation: MemberInvitation, user: User, *, name: str, at: datetime) -> Membership:
    """Make a user a member as the invitation says, once.

    The caller has made sure that the user holds the invitation's address: by the link itself for
    a new login, by signing in for an old one. Raises SpentInvitationError when it cannot be used.
    """
    locked = MemberInvitation.objects.open(at).select_for_update().filter(pk=invitation.pk).first()
    if locked is None or locked.email != user.email.lower():
        raise SpentInvitationError
    locked.accepted_at = at
    locked.save(update_fields=["accepted_at"])
    member = _member(user, locked, name=name, at=at)
    _give_place(member, locked)
    audit.write("joined", member, by=member, at=at, role=member.role)
    member_joined.send(sender=Membership, member=member, at=at)
    return member


@transaction.atomic
def accept_anew(
    invitation: MemberInvitation, *, name: str, password: str, at: datetime
) -> Membership:
    """Make a login for the invitation's address, and accept with it.

    Raises AddressTakenError where the address has a login: nobody but its holder may use that.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password, name=name)
    except IntegrityError as error:
        raise AddressTakenError from error
    return accept(invitation, user, name=name, at=at)


def hash_of(token: str) -> str:
    """Return what is stored of a token."""
    return sha256(token.encode(errors="replace")).hexdigest()


def _member(user: User, invitation: MemberInvitation, *, name: str, at: datetime) -> Membership:
    """Return a new member, or one who left and comes back with the new role.

    Somebody new begins in the language they read the invitation in.
    """
    language = translation.get_language() or "en"
    offered = invitation.district.languages
    begins = {"joined_at": at, "language": language if language in offered else "en"}
    said = {"name": name, "role": invitation.role, "is_active": True, "left_at": None}
    member, is_new = Membership.objects.get_or_create(
        user=user, district_id=invitation.district_id, defaults={**said, **begins}
    )
    if not is_new:
        Membership.objects.filter(pk=member.pk).update(**said)
        member.refresh_from_db()
        member.end_sessions()
    return member


def _give_place(member: Membership, invitation: MemberInvitation) -> None:
    if invitation.team:
        TeamMembership.objects.get_or_create(member=member, team=invitation.team)
    if invitation.school:
        MembershipSchool.objects.get_or_create(member=member, school=invitation.school)


def _send(invitation: MemberInvitation, token: str, *, at: datetime) -> str:
    """Queue the letter with the link, and return the link."""
    district = invitation.district
    url = address_of(district) + reverse("districts:invitation", args=[token])
    about = {
        "purpose": "invitation",
        "key": f"invitation:{invitation.pk}",
        "to_name": invitation.name or invitation.email,
        "to_address": invitation.email,
        "language": invitation.invited_by.language if invitation.invited_by else "en",
    }
    letters.send(
        "email/members/invitation",
        about,
        district=district,
        at=at,
        url=url,
        role=invitation.get_role_display(),
        invited_by=invitation.invited_by,
        expires_at=invitation.expires_at,
    )
    return url
