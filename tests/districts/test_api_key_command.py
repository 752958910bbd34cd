"""`manage.py api_key` prints a key and nothing else, lists keys and ends them."""

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from districts import keys
from districts.models import ApiKey
from districts.scope import district_scope


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("api_key", *arguments, stdout=out, stderr=err)
    return out.getvalue()


def test_create_prints_the_key_alone(fairview):
    printed = run("create", "--district", "fairview", "--name", "Website")
    assert re.fullmatch(r"earshot_fairview_[0-9a-f]{12}_[0-9a-f]{48}\n", printed)
    with district_scope(fairview.district.pk):
        assert keys.verify(printed.strip(), at=timezone.now()) == ApiKey.objects.get(name="Website")


def test_create_takes_scopes_and_a_last_day(fairview):
    arguments = ["--scope", "conversations:read", "--expires", "2099-01-31"]
    run("create", "--district", "fairview", "--name", "Reader", *arguments)
    with district_scope(fairview.district.pk):
        key = ApiKey.objects.get()
    assert key.scopes == ["conversations:read"]
    assert key.expires_at == datetime(2099, 2, 1, 5, tzinfo=UTC)


def test_list_shows_keys_without_their_secrets(fairview):
    text = run("create", "--district", "fairview", "--name", "Website").strip()
    listed = run("list", "--district", "fairview")
    assert "Website" in listed
    assert text.split("_")[2] in listed
    assert text.split("_")[3] not in listed


def test_revoke_ends_a_key(fairview):
    text = run("create", "--district", "fairview", "--name", "Website").strip()
    run("revoke", text.split("_")[2], "--district", "fairview")
    assert "revoked" in run("list", "--district", "fairview")
    with district_scope(fairview.district.pk):
        assert keys.verify(text, at=timezone.now()) is None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["create", "--district", "nowhere", "--name", "A"], "No district has this slug"),
        (["create", "--district", "fairview", "--name", " "], "1 to 120"),
        (
            ["create", "--district", "fairview", "--name", "A", "--expires", "2020-01-01"],
            "--expires",
        ),
        (["create", "--district", "fairview", "--name", "A", "--expires", "soon"], "--expires"),
        (
            ["create", "--district", "fairview", "--name", "A", "--expires", "9999-12-31"],
            "--expires",
        ),
        (["create", "--district", "fairview", "--name", "A", "--scope", "all"], "invalid choice"),
        (["revoke", "0123456789ab", "--district", "fairview"], "No key"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(fairview, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
