"""Keys open their own district, while they live, and leave no readable trace."""

import pytest

from districts import keys
from districts.models import ApiKey, AuditEntry, KeyScope
from districts.scope import district_scope
from tests.builders import DAY, HOUR, NOON


@pytest.fixture
def issued(fairview):
    with district_scope(fairview.district.pk):
        return keys.issue("Website", by=None, at=NOON, expires_at=NOON + DAY)


def test_a_key_opens_its_own_district(fairview, issued):
    key, text = issued
    with district_scope(fairview.district.pk):
        assert keys.verify(text, at=NOON) == key


def test_a_key_says_its_district_and_its_kind(fairview, issued):
    _, text = issued
    assert text.startswith("earshot_fairview_")
    assert keys.district_of(text) == fairview.district


def test_a_key_opens_no_other_district(harbor, issued):
    _, text = issued
    with district_scope(harbor.district.pk):
        assert keys.verify(text, at=NOON) is None
        assert keys.verify(text.replace("fairview", "harbor"), at=NOON) is None


def test_a_key_with_the_same_prefix_in_two_districts_opens_each_its_own(fairview, harbor, issued):
    key, text = issued
    with district_scope(harbor.district.pk):
        twin, _ = keys.issue("Website", by=None, at=NOON)
        ApiKey.objects.filter(pk=twin.pk).update(prefix=key.prefix)
        assert keys.verify(text, at=NOON) is None


def test_only_the_hash_of_a_key_is_stored(fairview, issued):
    key, text = issued
    with district_scope(fairview.district.pk):
        stored = ApiKey.objects.filter(pk=key.pk).values().get()
        audited = AuditEntry.objects.values().get()
    secret = text.rpartition("_")[2]
    assert secret not in str(stored)
    assert secret not in str(audited)
    assert audited["verb"] == "issued"


def test_an_expired_key_opens_nothing(fairview, issued):
    _, text = issued
    with district_scope(fairview.district.pk):
        assert keys.verify(text, at=NOON + DAY) is None


def test_a_revoked_key_opens_nothing_and_is_revoked_once(fairview, issued):
    key, text = issued
    with district_scope(fairview.district.pk):
        keys.revoke(key, by=None, at=NOON, actor="operator")
        keys.revoke(key, by=None, at=NOON + HOUR, actor="operator")
        assert keys.verify(text, at=NOON) is None
        assert ApiKey.objects.get(pk=key.pk).revoked_at == NOON
        assert AuditEntry.objects.filter(verb="revoked").count() == 1


def test_a_key_with_any_letter_changed_opens_nothing(fairview, issued):
    _, text = issued
    with district_scope(fairview.district.pk):
        for place in range(len(text)):
            other = text[:place] + ("1" if text[place] == "0" else "0") + text[place + 1 :]
            assert keys.verify(other, at=NOON) is None, other


@pytest.mark.parametrize("text", ["", "earshot_", "x" * 100_000, "earshot_a_b_c", "\x00", "é_ñ_ü"])
def test_what_is_no_key_opens_nothing(fairview, text):
    with district_scope(fairview.district.pk):
        assert keys.verify(text, at=NOON) is None
    assert keys.district_of(text) is None


def test_a_key_has_every_scope_unless_some_are_named(fairview):
    with district_scope(fairview.district.pk):
        everything, _ = keys.issue("A", by=None, at=NOON)
        reader, _ = keys.issue("B", by=None, at=NOON, scopes=[KeyScope.READ])
    assert set(everything.scopes) == set(KeyScope.values)
    assert reader.scopes == ["conversations:read"]


def test_the_day_of_last_use_is_kept_with_one_write_a_day(
    fairview, issued, django_assert_num_queries
):
    key, _ = issued
    with district_scope(fairview.district.pk):
        keys.mark_used(key, at=NOON)
        key.refresh_from_db()
        with django_assert_num_queries(0):
            keys.mark_used(key, at=NOON)
    assert key.last_used_on == NOON.date()


@pytest.mark.parametrize(
    ("header", "text"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("", ""), ("abc", "")],
)
def test_a_key_comes_in_the_authorization_header(header, text):
    assert keys.bearer(header) == text
