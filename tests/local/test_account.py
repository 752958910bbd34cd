"""Passing folders that root alone may enter, for the one user that PostgreSQL runs as."""

import os
import stat

import pytest
from local import account, addresses, process
from local.account import GROUP_OBJ, MASK, NO_ID, OTHER, USER, USER_OBJ, Account
from local.postgres import Postgres

SOMEBODY = Account(uid=65534, gid=65534)


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_ordinary_user_needs_nobody_else(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert account.for_postgres(tmp_path) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders away")
def test_root_becomes_nobody_or_whoever_owns_the_data(tmp_path):
    assert account.for_postgres(tmp_path / "new") == SOMEBODY
    os.chown(tmp_path, 4321, 1234)
    assert account.for_postgres(tmp_path) == Account(uid=4321, gid=1234)


def test_passage_leaves_what_others_may_do_as_it_was():
    private = {(USER_OBJ, NO_ID): 7, (GROUP_OBJ, NO_ID): 0, (OTHER, NO_ID): 0}
    given = account.with_passage(private, uid=65534)
    assert given == {**private, (USER, 65534): 1, (MASK, NO_ID): 1}


def test_passage_keeps_the_list_that_a_folder_has():
    listed = {
        (USER_OBJ, NO_ID): 7,
        (USER, 1000): 6,
        (GROUP_OBJ, NO_ID): 5,
        (MASK, NO_ID): 6,
        (OTHER, NO_ID): 0,
    }
    assert account.with_passage(listed, uid=7) == {**listed, (USER, 7): 1, (MASK, NO_ID): 7}


def test_a_private_folder_lets_the_account_through_and_stays_unread(tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    account.let_through(SOMEBODY, private / "postgres")
    assert mode(private) & stat.S_IRWXO in (0, stat.S_IXOTH)
    assert not mode(private) & (stat.S_IRGRP | stat.S_IWGRP)


def test_without_access_lists_everybody_may_pass_but_not_read(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "setxattr", raising=False)
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    account.grant_passage(SOMEBODY, private)
    assert mode(private) == 0o701


def test_programs_installed_under_a_strict_umask_become_readable(tmp_path):
    program = tmp_path / "postgres"
    program.write_text("")
    program.chmod(0o700)
    account.make_readable(tmp_path)
    assert mode(program) == 0o705


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's database passes by itself")
def test_a_folder_closed_while_the_database_runs_is_opened_again_for_its_next_start(tmp_path):
    above = tmp_path / "above"
    above.mkdir(mode=0o700)
    postgres = Postgres(above / "data" / "postgres", addresses.choose(tmp_path), logs=tmp_path)
    postgres.prepare()
    above.chmod(0o700)
    program = postgres.program()
    child = process.start(program)
    try:
        postgres.wait(lambda _name: child.poll() is not None)
    finally:
        process.stop(child, program)
