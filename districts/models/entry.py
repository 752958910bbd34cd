"""Ways in for people and machines: invitations to members, and API keys."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models.base import DistrictForeignKey, DistrictOwned, ScopedManager
from districts.models.people import Membership, Role


class InvitationQuerySet(models.QuerySet["MemberInvitation"]):
    """Invitations by whether they still work."""

    def open(self, at: datetime) -> "InvitationQuerySet":
        """Keep those that can be accepted at a moment."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)


InvitationManager = ScopedManager.from_queryset(InvitationQuerySet)


class MemberInvitation(DistrictOwned):
    """A link that makes its holder a member once, before it expires; stored hashed."""

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    token_hash = models.CharField(max_length=64)
    team = DistrictForeignKey(
        "districts.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    school = DistrictForeignKey(
        "districts.School", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_by = DistrictForeignKey(
        Membership, null=True, on_delete=models.SET_NULL, related_name="+", indexed=False
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationManager["MemberInvitation"]] = InvitationManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "token_hash"], name="member_invitation_token_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="member_invitation_role_known"
            ),
        ]


class KeyScope(models.TextChoices):
    """What an API key may do."""

    READ = "conversations:read", _("Read conversations")
    WRITE = "conversations:write", _("Create conversations and reply")
    READ_SURVEYS = "surveys:read", _("Read surveys and their published results")
    WRITE_SURVEYS = "surveys:write", _("Hand in answers to surveys")


class ApiKey(DistrictOwned):
    """A machine's key: found by its prefix, proved by its hash, ended by date or by hand."""

    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=16)
    key_hash = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=40, choices=KeyScope.choices))
    created_by = DistrictForeignKey(
        Membership, null=True, on_delete=models.SET_NULL, related_name="+", indexed=False
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "prefix"], name="api_key_prefix_once")
        ]

    def __str__(self) -> str:
        return self.name

    def is_live(self, at: datetime) -> bool:
        """Say whether the key opens anything at a moment."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
