"""What a data folder remembers: settings, addresses, and who is on it."""

import socket
import stat

import pytest
from local import addresses
from local.data_folder import DataFolder


@pytest.fixture
def data(tmp_path, monkeypatch) -> DataFolder:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    return DataFolder(tmp_path)


def test_the_key_is_made_once_and_lines_of_a_person_are_kept(data):
    first = data.write_settings({"DATABASE_URL": "one"})
    with data.settings.open("a") as file:
        file.write("# mail\nEMAIL_URL=smtp://mail.example?a=b\n")
    second = data.write_settings({"DATABASE_URL": "two"})
    assert second == {**first, "DATABASE_URL": "two", "EMAIL_URL": "smtp://mail.example?a=b"}
    assert data.read_settings() == second


def test_settings_are_for_their_user_alone(data):
    data.write_settings({})
    assert stat.S_IMODE(data.settings.stat().st_mode) == 0o600


def test_our_own_addresses_of_an_earlier_start_are_not_taken_for_given_ones(data):
    ours = addresses.choose(data.path)
    addresses.keep(ours, data.path)
    data.write_settings(ours.urls())
    assert data.given() == {}


def test_an_address_that_a_person_put_in_is_used(data):
    addresses.keep(addresses.choose(data.path), data.path)
    data.write_settings({"REDIS_URL": "redis://elsewhere"})
    assert data.given() == {"REDIS_URL": "redis://elsewhere"}


def test_the_environment_comes_before_the_file(data, monkeypatch):
    data.write_settings({"REDIS_URL": "redis://elsewhere"})
    monkeypatch.setenv("REDIS_URL", "redis://here")
    assert data.given() == {"REDIS_URL": "redis://here"}


def test_a_restart_keeps_free_ports_and_replaces_a_taken_one(data):
    before = addresses.choose(data.path)
    addresses.keep(before, data.path)
    with socket.create_server((addresses.LOOPBACK, before.postgres_port)):
        after = addresses.choose(data.path)
    assert after.valkey_port == before.valkey_port
    assert after.postgres_port != before.postgres_port
    assert after.postgres_password == before.postgres_password
