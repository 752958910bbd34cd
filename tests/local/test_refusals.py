"""What stops bin/up says so in one line, and the exit code tells a script."""

import errno
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from local import addresses, schema
from local.bootstrap import ROOT
from local.data_folder import DataFolder
from local.refusal import RefusalError, from_os_error, from_output
from local.servers import Servers, running

from tests.installation import bin_up, plain_environment

PROGRESS = "Installing what Earshot needs into .venv (about a minute, once) ...\n"


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What it said, when it said one line and failed."""
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_taken_port(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = one_line(bin_up(f"--port={port}", f"--data={tmp_path}"))
    assert said == f"Port {port} is taken by another program: choose another with --port N.\n"


def test_a_folder_that_cannot_be_written():
    said = one_line(bin_up("--data=/sys/x"))
    assert said.startswith("Cannot write /sys/x: ")
    assert said.endswith("--data DIR chooses another folder.\n")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte, where this user may mount one."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", tmp_path], check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk takes root")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


def test_a_full_disk(small_disk):
    said = one_line(bin_up(f"--data={small_disk}/data", f"--port={addresses.free_port()}"))
    assert said.startswith(f"The disk is full: 1 MB free for {small_disk}/data, Earshot needs ")


def test_a_disk_that_fills_while_a_file_is_written():
    said = str(from_os_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/earshot.env")))
    assert said.startswith("The disk is full: no room to write /data/earshot.env.")


def test_a_disk_that_fills_while_another_program_writes():
    said = str(from_output("initdb: No space left on device", doing="x", log=Path("l")))
    assert said.startswith("The disk is full")


def test_a_python_that_is_too_old(tmp_path):
    for name in ("dirname", "echo", "sh"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" != --version ] || exec echo Python 3.9.2\nexit 1\n')
    old.chmod(0o755)
    clone = copy_of_the_launcher(tmp_path / "clone")
    done = subprocess.run(
        [clone / "bin" / "up"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = one_line(done)
    assert said.startswith("Earshot needs Python 3.11 or newer; this machine has Python 3.9.2.")


def test_no_network_at_the_first_start(tmp_path):
    clone = copy_of_the_launcher(tmp_path / "clone")
    environment = plain_environment(
        PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="0"
    )
    done = subprocess.run(
        [sys.executable, clone / "bin" / "launch.py", "up"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    done.stderr = done.stderr.removeprefix(PROGRESS)
    assert one_line(done).startswith("No network: the package index did not answer")


def copy_of_the_launcher(clone: Path) -> Path:
    """What a fresh clone has before its first start, without an environment."""
    shutil.copytree(ROOT / "bin", clone / "bin")
    shutil.copy(ROOT / "requirements.lock", clone)
    return clone


def test_a_folder_of_a_newer_postgresql(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("99\n")
    said = one_line(bin_up(f"--data={tmp_path}", f"--port={addresses.free_port()}"))
    assert "is from PostgreSQL 99, newer than the " in said


def test_a_database_that_is_damaged_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    whole = Servers(tmp_path, given={"REDIS_URL": "elsewhere"}, logs=tmp_path)
    whole.prepare()
    (tmp_path / "postgres" / "global" / "pg_control").unlink()
    refused = pytest.raises(RefusalError, match=r"starting the database failed .*postgres.log")
    with refused, running(tmp_path):
        pass


def test_a_database_that_a_newer_earshot_migrated():
    found = {("districts", "0001_initial"), ("districts", "9999_from_the_future")}
    with pytest.raises(RefusalError, match=r"newer Earshot .*9999_from_the_future"):
        schema.refuse_newer(found)


def test_a_database_of_this_version_or_of_older_squashed_migrations_is_taken():
    known = {(path.parent.parent.name, path.stem) for path in schema.files()}
    schema.refuse_newer({*known, ("districts", "0001_since_squashed"), ("auth", "9999_not_ours")})


def test_a_folder_that_is_in_use_by_another_start(tmp_path):
    first, second = DataFolder(tmp_path), DataFolder(tmp_path)
    with (
        first.taken("http://localhost:8000"),
        pytest.raises(RefusalError, match=r"already runs on .*: http://localhost:8000"),
        second.taken("http://localhost:9000"),
    ):
        pass
