"""Families: who may see which, what the card says, and that reading it is written down."""

from datetime import date

import pytest
from django.test import Client

from districts.models import AuditEntry, Membership, MembershipSchool
from districts.scope import district_scope
from families.access import families_of
from families.models import Enrollment, Family, Guardianship, Student
from inbox.models import Feedback
from tests.builders import NOON, make_conversation, make_guardian
from tests.cast import Cast


def make_family(cast: Cast, name: str = "Ana Ortiz", *, school=None, **link) -> Family:
    """Make a guardian with one child at a school."""
    guardian = make_guardian(name, email=f"{name.split()[0].lower()}@family.example")
    student = Student.objects.create(given_name="Mia", family_name=name.split()[-1])
    Enrollment.objects.create(
        student=student,
        school=school or cast.school,
        grade="3",
        starts_on=date(2026, 8, 20),
        ends_on=link.pop("ends_on", None),
    )
    Guardianship.objects.create(guardian=guardian, student=student, relationship="mother", **link)
    return guardian.family


def limited(member: Membership, school) -> Membership:
    """Limit a member to a school, as it is when they are read again."""
    MembershipSchool.objects.create(member=member, school=school)
    return Membership.objects.get(pk=member.pk)


@pytest.fixture
def family(fairview: Cast) -> Family:
    """A family that the team meets in a conversation."""
    with district_scope(fairview.district.pk):
        found = make_family(fairview)
        make_conversation("Where is it?", team=fairview.team, guardian=found.guardians.get())
        return found


def seen_by(cast: Cast, kind: str) -> bool:
    return families_of(cast.members[kind]).exists()


def test_whoever_meets_a_family_sees_it_and_managers_see_all(fairview, family):
    with district_scope(fairview.district.pk):
        seeing = {kind for kind in fairview.members if seen_by(fairview, kind)}
    assert seeing == {"admin", "manager", "lead", "agent", "recorder"}


def test_the_card_names_languages_in_the_words_of_its_reader(fairview, family, client_of):
    page = client_of(fairview.agent).get(f"/families/{family.pk}/card/?lang=es").content.decode()
    assert "Inglés" in page


def test_a_member_limited_to_a_school_sees_its_families(in_fairview: Cast):
    make_family(in_fairview, "Ana Ortiz")
    make_family(in_fairview, "Bo Bell", school=in_fairview.other_school)
    recorder = limited(in_fairview.recorder, in_fairview.school)
    assert [family.name for family in families_of(recorder)] == ["Ortiz family"]


def test_the_card_says_who_goes_where_and_how_to_reach_whom(fairview, family, client_of):
    page = client_of(fairview.agent).get(f"/families/{family.pk}/card/").content.decode()
    for words in ("Mia Ortiz", "Grade 3, Lincoln Elementary", "Ana Ortiz", "ana@family.example"):
        assert words in page
    assert "<html" not in page


def test_an_adult_who_must_not_be_contacted_is_flagged(fairview, client_of):
    with district_scope(fairview.district.pk):
        family = make_family(fairview, no_contact=True, has_custody=False)
    page = client_of(fairview.admin).get(f"/families/{family.pk}/").content.decode()
    assert "No contact: Ana Ortiz is not to be contacted about Mia Ortiz." in page
    assert "no custody" in page


def test_a_child_who_left_is_not_enrolled_now(fairview, client_of):
    with district_scope(fairview.district.pk):
        family = make_family(fairview, ends_on=date(2026, 9, 1))
    page = client_of(fairview.admin).get(f"/families/{family.pk}/").content.decode()
    assert "Not enrolled now" in page


def test_reading_a_students_record_is_written_down(fairview, family, client_of):
    client_of(fairview.agent).get(f"/families/{family.pk}/card/")
    client_of(fairview.other_agent).get(f"/families/{family.pk}/card/")
    with district_scope(fairview.district.pk):
        entries = AuditEntry.objects.filter(verb="viewed", noun="family")
        assert [(entry.by, entry.noun_id) for entry in entries] == [(fairview.agent, family.pk)]
        assert entries[0].detail == {"students": [Student.objects.get().pk]}


def test_what_a_family_asked_stands_beside_its_card_with_its_ratings(fairview, family, client_of):
    with district_scope(fairview.district.pk):
        guardian = family.guardians.get()
        asked = make_conversation("Lost boots", team=fairview.team, guardian=guardian)
        asked.resolve(by=fairview.agent, at=NOON)
        event = asked.events.get(verb="resolved")
        Feedback.objects.create(
            conversation=asked, resolution=event, rating=4, helpful=False, at=NOON
        )
        make_conversation("Not for the team", team=fairview.other_team, guardian=guardian)
    page = client_of(fairview.agent).get(f"/inbox/family/{family.pk}/").content.decode()
    assert "Lost boots" in page
    assert "Rated 4 of 10, not helpful" in page
    assert "Not for the team" not in page


def test_the_list_finds_a_family_by_anybodys_name(fairview, family, client_of):
    admin: Client = client_of(fairview.admin)
    for words in ("ortiz", "ANA ort", "mia"):
        assert "Ortiz family" in admin.get("/families/", {"q": words}).content.decode()
    for words in ("bell", "%", "ana bell", "x" * 4000):
        assert "Ortiz family" not in admin.get("/families/", {"q": words}).content.decode()


def test_the_list_shows_each_family_once_page_by_page(fairview, client_of):
    with district_scope(fairview.district.pk):
        Family.objects.bulk_create(Family(name=f"Family {n % 9}") for n in range(120))
    client, address, seen = client_of(fairview.admin), "/families/", 0
    while address:
        page = client.get(address).content.decode()
        seen += page.count('<th scope="row">')
        address = (
            page.split('rel="next"')[0].rpartition('href="')[2].split('"')[0]
            if ('rel="next"' in page)
            else ""
        )
        address = f"/families/{address.replace('&amp;', '&')}" if address else ""
    assert seen == 120


def test_a_family_takes_few_queries_however_large(
    fairview, family, client_of, django_assert_max_num_queries
):
    with district_scope(fairview.district.pk):
        for n in range(12):
            student = Student.objects.create(given_name=f"Kid {n}", family_name="Ortiz")
            Enrollment.objects.create(
                student=student, school=fairview.school, starts_on=date(2026, 8, 20)
            )
            guardian = make_guardian(f"Adult {n}", family=family, email=f"a{n}@family.example")
            Guardianship.objects.create(guardian=guardian, student=student)
    client = client_of(fairview.agent)
    client.get(f"/families/{family.pk}/")
    with django_assert_max_num_queries(12 + 6):
        # Six belong to the test: its hosts are read anew, its scope told twice, its savepoint.
        client.get(f"/families/{family.pk}/")


def test_missing_foreign_and_not_mine_answer_alike(fairview, harbor, family, client_of):
    with district_scope(harbor.district.pk):
        theirs = make_family(harbor, "Zed Canary")
    agent = client_of(fairview.agent)
    pages = [
        agent.get(f"/families/{pk}/{part}") for pk in (theirs.pk, 999_999) for part in ("", "card/")
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
