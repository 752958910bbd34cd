"""Whom an address belongs to."""

from districts.scope import district_scope
from families.models import ContactPoint, Student
from families.recognise import e164, recognise, recognise_student
from tests.builders import make_guardian
from tests.cast import Cast

EMAIL = "ana@family.example"


def test_an_address_names_its_guardian_in_any_case(in_fairview: Cast):
    ana = make_guardian(email="Ana@Family.example")
    assert recognise(email=" ANA@family.EXAMPLE ") == ana


def test_an_address_that_two_share_names_nobody(in_fairview: Cast):
    make_guardian("Ana Ortiz", email=EMAIL)
    make_guardian("Leo Ortiz", email=EMAIL)
    assert recognise(email=EMAIL) is None


def test_a_phone_number_tells_two_at_one_address_apart(in_fairview: Cast):
    ana = make_guardian("Ana Ortiz", email=EMAIL)
    make_guardian("Leo Ortiz", email=EMAIL)
    ContactPoint.objects.create(guardian=ana, kind="phone", value="+12125550123")
    assert recognise(email=EMAIL, phone="(212) 555-0123") == ana


def test_addresses_that_contradict_each_other_name_nobody(in_fairview: Cast):
    make_guardian("Ana Ortiz", email=EMAIL)
    leo = make_guardian("Leo Ortiz")
    ContactPoint.objects.create(guardian=leo, kind="phone", value="+12125550123")
    assert recognise(email=EMAIL, phone="212 555 0123") is None


def test_a_guardian_of_another_district_is_nobody(in_fairview: Cast, harbor: Cast):
    with district_scope(harbor.district.pk):
        make_guardian(email=EMAIL)
    assert recognise(email=EMAIL) is None


def test_a_guardian_who_left_is_nobody(in_fairview: Cast):
    make_guardian(email=EMAIL, is_active=False)
    assert recognise(email=EMAIL) is None


def test_what_is_no_number_is_no_number():
    assert [e164(text) for text in ("", "12", "call me", "9" * 50, "+1 212 555 0123")] == [
        *[""] * 4,
        "+12125550123",
    ]


def test_a_student_is_found_among_the_guardians_own_only(in_fairview: Cast):
    ana, leo = make_guardian("Ana Ortiz"), make_guardian("Leo Lee")
    mia = Student.objects.create(given_name="Mia", family_name="Ortiz")
    mia.guardianships.create(guardian=ana)
    assert recognise_student(ana, "mia  ORTIZ") == recognise_student(ana, "Mia") == mia
    assert recognise_student(leo, "Mia") is None
    assert recognise_student(None, "Mia") is None
