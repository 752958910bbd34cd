"""The places and people of a demo district: schools, departments, teams, members."""

from typing import Any

from django.utils.text import slugify

from districts.models import (
    Department,
    Membership,
    MembershipSchool,
    School,
    Team,
    TeamMembership,
    User,
)
from inbox.demo.calendars import make_calendar
from inbox.demo.world import World


def make_offices(world: World, hashed: str) -> None:
    """Make schools, departments, teams and members; ``hashed`` is the password of the logins."""
    world.schools = [_school(said) for said in world.said["school"]]
    named = world.said["school"] + world.said["team"]
    world.pace = {said["name"]: float(said.get("pace", 1)) for said in named}
    departments: dict[str, Department] = {}
    for said in world.said["team"]:
        name = said["department"]
        departments.setdefault(name, Department(name=name))
    Department.objects.bulk_create(departments.values())
    for said in world.said["team"]:
        world.teams[said["name"]] = _team(world, said, departments[said["department"]])
    for said in world.said["member"]:
        _join(world, said, departments, hashed)
    for department in departments.values():
        department.refresh_from_db()


def _school(said: dict[str, Any]) -> School:
    return School.objects.create(
        name=said["name"],
        slug=slugify(said["name"]),
        level=said["level"],
        student_count=said["students"],
    )


def _team(world: World, said: dict[str, Any], department: Department) -> Team:
    calendar = None
    if "hours" in said:
        hours = world.said["hours"][said["hours"]]
        calendar = make_calendar(
            world.district, hours["name"], hours["spans"], world.at.year, world.said["holidays"]
        )
    return Team.objects.create(name=said["name"], department=department, calendar=calendar)


def _join(
    world: World, said: dict[str, Any], departments: dict[str, Department], hashed: str
) -> None:
    """Make a member, with a login where one is named, and everything they answer for."""
    member = Membership.objects.create(
        user=_user(world, said, hashed),
        name=said["name"],
        title=said["title"],
        role=said["role"],
        joined_at=world.at.replace(month=1, day=2),
    )
    world.members.append(member)
    if "login" in said:
        world.logins[said["login"]] = member
    for name in said.get("teams", []):
        is_lead = name in said.get("leads", [])
        TeamMembership.objects.create(member=member, team=world.teams[name], is_lead=is_lead)
        world.staff.setdefault(name, []).append(member)
    world.leads |= dict.fromkeys(said.get("leads", []), member)
    for school in world.schools:
        if school.name in said.get("schools", []):
            MembershipSchool.objects.create(member=member, school=school)
    for name in said.get("owns", []):
        Department.objects.filter(pk=departments[name].pk).update(owner=member)


def _user(world: World, said: dict[str, Any], hashed: str) -> User:
    """Return a new login; whoever is not named as one has no password that opens anything."""
    name = slugify(said["name"].removeprefix("Dr. ")).replace("-", ".")
    login = said.get("login")
    user = User.objects.create_user(f"{login or name}@{world.district.slug}.example", None)
    user.name = said["name"]
    if login:
        user.password = hashed
    user.save(update_fields=["name", "password"])
    return user
