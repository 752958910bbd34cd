"""Where a district works: its schools, departments and teams."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models.base import DistrictForeignKey, DistrictOwned, ScopedManager


class School(DistrictOwned):
    """A school of the district; it narrows what staff see and is no tenant."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    nces_id = models.CharField("NCESSCH", max_length=12, blank=True)
    level = models.CharField(max_length=40, blank=True)
    student_count = models.PositiveIntegerField(default=0)
    calendar = DistrictForeignKey(
        "districts.BusinessCalendar", null=True, blank=True, on_delete=models.SET_NULL
    )
    is_active = models.BooleanField(default=True)

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="school_slug_once"),
            models.UniqueConstraint(
                fields=["district", "nces_id"],
                condition=~models.Q(nces_id=""),
                name="school_nces_id_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Department(DistrictOwned):
    """An office of the district, the fallback owner of its topics."""

    name = models.CharField(max_length=120)
    owner = DistrictForeignKey(
        "districts.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="departments_owned",
    )
    calendar = DistrictForeignKey(
        "districts.BusinessCalendar", null=True, blank=True, on_delete=models.SET_NULL
    )

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="department_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams with what their list shows."""

    def with_sizes(self) -> "TeamQuerySet":
        """Add ``size`` and ``leads``: how many active members are in the team, and lead it."""
        active = models.Q(member_links__member__is_active=True)
        leading = active & models.Q(member_links__is_lead=True)
        return self.select_related("department").annotate(
            size=models.Count("member_links", filter=active),
            leads=models.Count("member_links", filter=leading),
        )


TeamManager = ScopedManager.from_queryset(TeamQuerySet)


class Distribution(models.TextChoices):
    """How a team's questions find their owner."""

    MANUAL = "manual", _("By hand: the topic’s owner, or whoever takes it on")
    ROUND_ROBIN = "round_robin", _("In turn: the next one who is here")
    LEAST_LOADED = "least_loaded", _("By load: whoever here has the least open")


class HereBy(models.TextChoices):
    """Whose hours say whether a member of a team is here."""

    ANY = "any", _("Hours are not looked at")
    TEAM = "team", _("The team’s calendar")
    OWN = "own", _("Each member’s own calendar, else the team’s")


class Team(DistrictOwned):
    """Staff who share a queue.

    ``cap`` is how many open conversations one member is given at most, None without end;
    ``last_given`` is where the turn stands. Whoever distributes holds the row's lock.
    """

    name = models.CharField(max_length=120)
    distribution = models.CharField(
        max_length=12, choices=Distribution.choices, default=Distribution.MANUAL
    )
    here_by = models.CharField(max_length=4, choices=HereBy.choices, default=HereBy.TEAM)
    cap = models.PositiveSmallIntegerField(null=True, blank=True)
    last_given = DistrictForeignKey(
        "districts.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        indexed=False,
    )
    department = DistrictForeignKey(
        Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="teams"
    )
    calendar = DistrictForeignKey(
        "districts.BusinessCalendar", null=True, blank=True, on_delete=models.SET_NULL
    )
    is_active = models.BooleanField(default=True)

    objects: ClassVar[TeamManager["Team"]] = TeamManager()

    class Meta(DistrictOwned.Meta):
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="team_name_once"),
            models.CheckConstraint(
                condition=models.Q(distribution__in=Distribution.values),
                name="team_distribution_known",
            ),
            models.CheckConstraint(
                condition=models.Q(here_by__in=HereBy.values), name="team_here_by_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def gives(self) -> bool:
        """Say whether what comes to the team is given to its members by itself."""
        return self.distribution != Distribution.MANUAL
