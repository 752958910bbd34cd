"""People who log in: users, and their place and role in one district."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from districts.models.base import DistrictForeignKey, DistrictOwned, ScopedManager


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user with a normalised address; without a password none can log in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A login. What it may do is said by its memberships, one a district."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Part of every session's hash: one more ends all sessions, in every district, at once.
    session_epoch = models.PositiveIntegerField(default=0)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Return what a session must carry: the password's hash and the epoch of sessions."""
        inherited: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return salted_hmac(
            "districts.models.User.session", f"{inherited}{self.session_epoch}", secret=secret
        ).hexdigest()

    def end_sessions(self) -> None:
        """Sign this person out wherever they are signed in."""
        type(self).objects.filter(pk=self.pk).update(session_epoch=models.F("session_epoch") + 1)
        self.refresh_from_db(fields=["session_epoch"])


class Role(models.TextChoices):
    """What a member may do; see districts.permissions."""

    ADMINISTRATOR = "administrator", _("Administrator")
    MANAGER = "manager", _("Manager")
    AGENT = "agent", _("Agent")
    RECORDER = "recorder", _("Recorder")
    VIEWER = "viewer", _("Viewer")


# Whose role may answer families.
ANSWERING = (Role.ADMINISTRATOR, Role.MANAGER, Role.AGENT)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Members by what they can do now."""

    def active(self) -> "MembershipQuerySet":
        """Keep members who have not left."""
        return self.filter(is_active=True, user__is_active=True)

    def named(self, words: str) -> "MembershipQuerySet":
        """Keep members whose name or address holds the words."""
        if not words.strip():
            return self
        named = models.Q(name__icontains=words.strip())
        return self.filter(named | models.Q(user__email__icontains=words.strip()))

    def answering(self) -> "MembershipQuerySet":
        """Keep active members whose role may answer families."""
        return self.active().filter(role__in=ANSWERING)

    def whole(self) -> "MembershipQuerySet":
        """Bring along what every page asks of who reads it."""
        return self.select_related("user").with_places()

    def with_places(self) -> "MembershipQuerySet":
        """Bring ``team_ids``, ``lead_ids`` and ``school_ids`` along, a query each otherwise."""
        teams = TeamMembership.objects.filter(member=models.OuterRef("pk"))
        led = teams.filter(is_lead=True)
        schools = MembershipSchool.objects.filter(member=models.OuterRef("pk"))
        places = {
            "team_ids": ArraySubquery(teams.order_by("team_id").values("team_id")),
            "lead_ids": ArraySubquery(led.order_by("team_id").values("team_id")),
            "school_ids": ArraySubquery(schools.order_by("school_id").values("school_id")),
        }
        return self.annotate(**places)


MembershipManager = ScopedManager.from_queryset(MembershipQuerySet)


class Membership(DistrictOwned):
    """A user's place and role in one district: `member` for short."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    language = models.CharField(max_length=12, default="en")
    schools = models.ManyToManyField(
        "districts.School", through="districts.MembershipSchool", related_name="members"
    )
    teams = models.ManyToManyField(
        "districts.Team", through="districts.TeamMembership", related_name="members"
    )
    # Their own hours, for teams that look at them.
    calendar = DistrictForeignKey(
        "districts.BusinessCalendar",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    # One more ends the member's sessions in this district; see districts.doors.
    session_epoch = models.PositiveIntegerField(default=0)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MembershipManager["Membership"]] = MembershipManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "user"], name="one_membership_each"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def end_sessions(self) -> None:
        """Sign this member out wherever they are signed in to this district."""
        type(self).objects.filter(pk=self.pk).update(session_epoch=models.F("session_epoch") + 1)
        self.refresh_from_db(fields=["session_epoch"])

    @cached_property
    def team_ids(self) -> list[int]:
        """Return the teams the member is in."""
        return list(self.team_links.order_by("team_id").values_list("team_id", flat=True))

    @cached_property
    def lead_ids(self) -> list[int]:
        """Return the teams the member leads."""
        led = self.team_links.filter(is_lead=True).order_by("team_id")
        return list(led.values_list("team_id", flat=True))

    @cached_property
    def school_ids(self) -> list[int]:
        """Return the schools that the member's view is limited to; none means every school."""
        return list(self.school_links.order_by("school_id").values_list("school_id", flat=True))

    @property
    def sight(self) -> tuple[Any, ...]:
        """Return what says whose work the member sees; see districts.prepared."""
        places = (tuple(self.team_ids), tuple(self.lead_ids), tuple(self.school_ids))
        return (self.pk, self.role, self.is_active, *places)

    @property
    def initials(self) -> str:
        """Return up to two letters for the avatar."""
        words = self.name.split()
        return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()


class MembershipSchool(DistrictOwned):
    """A school that a member's view is limited to; none means every school."""

    member = DistrictForeignKey(Membership, on_delete=models.CASCADE, related_name="school_links")
    school = DistrictForeignKey(
        "districts.School", on_delete=models.CASCADE, related_name="member_links"
    )

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "member", "school"], name="member_school_once"
            )
        ]


class TeamMembership(DistrictOwned):
    """A member's place in a team; a lead also sees its load and reassigns.

    ``cap`` is how many open conversations they are given at most here; None: as the team says.
    """

    member = DistrictForeignKey(Membership, on_delete=models.CASCADE, related_name="team_links")
    team = DistrictForeignKey(
        "districts.Team", on_delete=models.CASCADE, related_name="member_links"
    )
    is_lead = models.BooleanField(default=False)
    cap = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(DistrictOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "member", "team"], name="member_team_once")
        ]
