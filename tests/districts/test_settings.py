"""The settings of a district: saved with an audit entry, or refused with the reason."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from districts.models import (
    ApiKey,
    AuditEntry,
    BusinessCalendar,
    Department,
    District,
    School,
    TeamMembership,
)
from tests.builders import make_member, make_school

SCHOOL = {"name": "Roosevelt Middle", "student_count": "612", "is_active": "on"}
WEEK = {f"day_{day}": "8:00-12:00, 13:00-16:30" for day in range(5)}
PROFILE = {
    "name": "Fairview Public Schools",
    "time_zone": "America/Chicago",
    "languages": ["en", "es"],
    "primary_color": "#12573f",
    "secondary_color": "#8a5a00",
}


def errors(page) -> dict[str, list[str]]:
    assert page.status_code == 422, page.status_code
    return page.context["form"].errors


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, "#12573f").save(out, kind)
    return SimpleUploadedFile(f"logo.{kind.lower()}", out.getvalue())


def test_a_school_is_added_and_written_down(admin):
    answer = admin.post("/settings/schools/new/", SCHOOL)
    assert answer.headers["location"] == "/settings/schools/"
    school = School.objects.get(slug="roosevelt-middle")
    assert (school.name, school.student_count) == ("Roosevelt Middle", 612)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.noun, entry.noun_id) == ("created", "school", school.pk)


def test_a_schools_nces_number_keeps_its_zeros(admin):
    admin.post("/settings/schools/new/", SCHOOL | {"nces_id": "010000500870"})
    assert School.objects.get(slug="roosevelt-middle").nces_id == "010000500870"


@pytest.mark.parametrize("wrong", ["12345", "01000050087a", "0100005008701", "٠١٠٠٠٠٥٠٠٨٧٠"])
def test_a_schools_nces_number_has_twelve_digits(admin, wrong):
    assert "nces_id" in errors(admin.post("/settings/schools/new/", SCHOOL | {"nces_id": wrong}))


def test_two_schools_cannot_have_one_address(admin):
    page = admin.post("/settings/schools/new/", SCHOOL | {"slug": "lincoln-elementary"})
    assert "slug" in errors(page)
    assert 'value="Roosevelt Middle"' in page.content.decode()


def test_a_name_without_plain_letters_asks_for_an_address(admin):
    assert "slug" in errors(admin.post("/settings/schools/new/", SCHOOL | {"name": "学校"}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "x" * 121},
        {"name": "a\0b"},
        {"student_count": "-1"},
        {"student_count": "9" * 30},
        {"calendar": "9" * 30},
        {"calendar": "x"},
    ],
)
def test_a_school_that_cannot_be_is_refused(admin, wrong):
    assert next(iter(wrong)) in errors(admin.post("/settings/schools/new/", SCHOOL | wrong))


def test_a_change_says_what_was_and_what_is(admin, in_fairview):
    address = f"/settings/schools/{in_fairview.school.pk}/"
    admin.post(address, SCHOOL | {"slug": in_fairview.school.slug})
    assert AuditEntry.objects.get().detail["changes"]["name"] == [
        "Lincoln Elementary",
        "Roosevelt Middle",
    ]


def test_lists_come_in_pages(admin):
    for number in range(55):
        make_school(f"School {number:02d}")
    page = admin.get("/settings/schools/?page=2")
    assert len(page.context["page"].object_list) == 7
    assert admin.get("/settings/schools/?page=x").status_code == 200


def test_a_school_of_another_district_does_not_exist(admin, harbor):
    assert admin.get(f"/settings/schools/{harbor.school.pk}/").status_code == 404
    answer = admin.post("/settings/schools/new/", SCHOOL | {"calendar": str(10**9)})
    assert "calendar" in errors(answer)


def test_a_member_joins_and_leads_and_leaves_a_team(admin, in_fairview):
    team, rosa = in_fairview.team, make_member("Rosa Diaz")
    admin.post(f"/settings/teams/{team.pk}/people/", {"member": rosa.pk})
    place = f"/settings/teams/{team.pk}/people/{rosa.pk}/"
    admin.post(place, {"lead": "yes"})
    assert TeamMembership.objects.get(member=rosa).is_lead
    admin.post(place, {"remove": "yes"})
    assert not TeamMembership.objects.filter(member=rosa).exists()
    verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["team_joined", "team_joined", "team_left"]


def test_removing_a_department_asks_once_and_keeps_its_teams(admin, in_fairview):
    department = Department.objects.create(name="Operations")
    in_fairview.team.department = department
    in_fairview.team.save()
    address = f"/settings/departments/{department.pk}/remove/"
    assert "Remove Operations?" in admin.get(address).content.decode()
    assert Department.objects.exists()
    admin.post(address)
    in_fairview.team.refresh_from_db()
    assert in_fairview.team.department is None


def test_a_department_without_an_owner_says_so_by_a_dash(admin):
    Department.objects.create(name="Operations")
    assert "<bdi>–</bdi>" in admin.get("/settings/departments/").content.decode()


def test_a_week_is_saved_with_several_spans_a_day(admin):
    calendar = BusinessCalendar.objects.get()
    said = {"name": "School days", "time_zone": "America/Chicago"} | WEEK
    admin.post(f"/settings/calendars/{calendar.pk}/", said)
    spans = calendar.weekly_spans.values_list("weekday", "opens_minute", "closes_minute")
    assert len(spans) == 10
    assert list(spans)[:2] == [(0, 480, 720), (0, 780, 990)]
    assert BusinessCalendar.objects.get().version == calendar.version + 1


def test_hours_that_cannot_be_stay_beside_their_day(admin):
    calendar = BusinessCalendar.objects.get()
    said = {"name": "School days", "time_zone": "America/Chicago"} | WEEK
    page = admin.post(f"/settings/calendars/{calendar.pk}/", said | {"day_2": "16-8"})
    assert errors(page) == {"day_2": ["“16-8” ends before it begins."]}


def test_a_calendar_needs_an_hour_and_a_place(admin):
    nothing = {"name": "Never", "time_zone": "Mars/Olympus"}
    found = errors(admin.post("/settings/calendars/new/", nothing))
    assert "time_zone" in found
    nothing["time_zone"] = "America/Chicago"
    assert "__all__" in errors(admin.post("/settings/calendars/new/", nothing))


def test_a_break_is_closed_and_a_special_day_has_its_hours(admin):
    calendar = BusinessCalendar.objects.get()
    new = f"/settings/calendars/{calendar.pk}/days/new/"
    admin.post(new, {"name": "Winter break", "first_on": "2026-12-21", "last_on": "2027-01-03"})
    admin.post(new, {"name": "Early release", "first_on": "2026-12-18", "hours": "8-12"})
    found = {day.name: day.hours for day in calendar.exceptions.all()}
    assert found == {"Winter break": "", "Early release": "8:00-12:00"}
    assert calendar.exceptions.get(name="Early release").last_on == date(2026, 12, 18)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-12-28", "2026-12-28", "first_on"),
        ("2027-02-02", "2027-02-01", "last_on"),
        ("2027-02-01", "2029-02-01", "last_on"),
        ("9999-12-31", "9999-12-31", "first_on"),
        ("soon", "", "first_on"),
    ],
)
def test_days_that_overlap_or_cannot_be_are_refused(admin, first, last, field):
    calendar = BusinessCalendar.objects.get()
    new = f"/settings/calendars/{calendar.pk}/days/new/"
    admin.post(new, {"name": "Winter break", "first_on": "2026-12-21", "last_on": "2027-01-03"})
    assert field in errors(admin.post(new, {"name": "X", "first_on": first, "last_on": last}))


def test_one_calendar_is_the_default_and_stays(admin):
    admin.post("/settings/calendars/new/", {"name": "Two", "time_zone": "America/Chicago"} | WEEK)
    first, second = BusinessCalendar.objects.order_by("id")
    admin.post(f"/settings/calendars/{second.pk}/default/")
    assert BusinessCalendar.objects.get(is_default=True) == second
    refused = admin.post(f"/settings/calendars/{second.pk}/remove/")
    assert refused.status_code == 422
    assert "make another the default first" in refused.content.decode()
    admin.post(f"/settings/calendars/{first.pk}/default/")
    admin.post(f"/settings/calendars/{second.pk}/remove/")
    assert list(BusinessCalendar.objects.all()) == [first]


def test_the_profile_is_changed_and_written_down(admin, in_fairview):
    admin.post("/settings/district/", PROFILE)
    district = District.objects.get(pk=in_fairview.district.pk)
    assert (district.name, district.time_zone) == ("Fairview Public Schools", "America/Chicago")
    changes = AuditEntry.objects.get().detail["changes"]
    assert changes["time_zone"] == ["America/New_York", "America/Chicago"]


def test_a_colour_that_cannot_be_read_is_shown_darker(admin):
    admin.post("/settings/district/", PROFILE | {"primary_color": "#ffdd00"})
    page = admin.get("/settings/district/")
    assert "is too light for text" in page.content.decode()
    assert page.context["colors"]["ratio"] >= 4.5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("primary_color", "red"),
        ("primary_color", "#12573f;}"),
        ("time_zone", "Mars/Olympus"),
        ("languages", ["xx"]),
        ("name", ""),
        ("email", "nobody"),
    ],
)
def test_a_profile_that_cannot_be_is_refused(admin, field, value):
    assert field in errors(admin.post("/settings/district/", PROFILE | {field: value}))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_as_a_small_png(admin, in_fairview, settings, tmp_path, kind):
    settings.MEDIA_ROOT = tmp_path
    admin.post("/settings/district/", PROFILE | {"new_logo": picture(kind)})
    district = District.objects.get(pk=in_fairview.district.pk)
    with Image.open(district.logo.path) as kept:
        assert (kept.format, kept.size) == ("PNG", (480, 160))


def test_removing_the_logo_removes_its_file(
    admin, in_fairview, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    admin.post("/settings/district/", PROFILE | {"new_logo": picture()})
    with django_capture_on_commit_callbacks(execute=True):
        admin.post("/settings/district/", PROFILE | {"remove_logo": "on"})
    assert not District.objects.get(pk=in_fairview.district.pk).logo
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"\0" * 40,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"<?php echo 1;",
    ],
)
def test_what_is_no_picture_is_no_logo(admin, settings, tmp_path, content):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("logo.png", content, "image/png")
    assert "new_logo" in errors(admin.post("/settings/district/", PROFILE | {"new_logo": upload}))


def test_a_picture_of_a_hundred_million_pixels_is_refused(admin):
    huge = picture(size=(10_000, 10_000))
    assert "new_logo" in errors(admin.post("/settings/district/", PROFILE | {"new_logo": huge}))


def test_a_key_is_shown_once(admin):
    said = {"name": "Website", "scopes": ["conversations:read"]}
    page = admin.post("/settings/keys/", said)
    text = page.context["text"]
    assert text in page.content.decode()
    assert text not in admin.get("/settings/keys/").content.decode()
    assert ApiKey.objects.get().scopes == ["conversations:read"]


def test_a_revoked_key_says_so(admin):
    admin.post("/settings/keys/", {"name": "Website", "scopes": ["conversations:read"]})
    admin.post(f"/settings/keys/{ApiKey.objects.get().pk}/revoke/")
    assert ApiKey.objects.get().revoked_at is not None


@pytest.mark.parametrize("last", ["2020-01-01", "9999-12-31", "soon"])
def test_a_keys_last_day_is_yet_to_come_and_near(admin, last):
    said = {"name": "Website", "scopes": ["conversations:read"], "last_day": last}
    assert "last_day" in errors(admin.post("/settings/keys/", said))


def test_the_checklist_counts_what_is_done(admin, in_fairview):
    before = admin.get("/settings/").context
    admin.post("/settings/district/", PROFILE | {"phone": "+1 312 555 0100"})
    assert admin.get("/settings/").context["done"] == before["done"] + 1


def test_preferences_are_kept(fairview, client_of):
    client = client_of(fairview.viewer)
    said = {"name": "Vi", "language": "es", "theme": "dark", "density": "compact"}
    answer = client.post("/me/", said)
    assert {name: client.cookies[name].value for name in ("theme", "density")} == {
        "theme": "dark",
        "density": "compact",
    }
    assert client.cookies["earshot_language"].value == "es"
    assert answer.status_code == 302
