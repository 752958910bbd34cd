"""bin/up for real: it serves, it mends itself, and nothing of it is left when it ends."""

import signal
import stat
import subprocess

import psutil
import pytest
from local.bootstrap import PYTHON, ROOT
from local.process import wait_until

from tests.installation import Installation, bin_up, command_line, plain_environment, still_there


def test_it_serves_a_page_and_says_where_everything_is(running):
    assert running.serves()
    assert f"http://localhost:{running.port}" in running.text()
    assert str(running.data / "outbox") in running.text()


def test_a_second_one_on_the_same_data_names_the_address_and_ends(running):
    second = bin_up(f"--data={running.data}", "--port=1")
    assert second.returncode == 1
    assert f"already runs on {running.data}: http://localhost:{running.port}" in (second.stderr)
    assert running.serves()


def test_a_command_finds_the_servers_through_the_data_folder(running):
    done = subprocess.run(
        [PYTHON, "manage.py", "migrate", "--check"],
        cwd=ROOT,
        env=plain_environment(EARSHOT_DATA=str(running.data)),
        check=False,
    )
    assert done.returncode == 0


def test_only_its_user_reads_its_passwords_and_data(running):
    modes = {
        name: stat.S_IMODE((running.data / name).stat().st_mode)
        for name in ("earshot.env", "servers.json", "postgres", "valkey", "outbox", "logs")
    }
    assert not any(mode & 0o077 for mode in modes.values()), modes


@pytest.mark.parametrize("word", ["worker", "beat", "postgres", "valkey-server", "granian"])
def test_what_is_killed_is_started_again(running, word):
    victim = main_process(running, word)
    victim.kill()
    assert wait_until(lambda: replaced(running, word, victim.pid), seconds=60), running.story()
    assert wait_until(running.serves, seconds=60), running.story()


def main_process(installation: Installation, word: str) -> psutil.Process:
    started = psutil.Process(installation.process.pid).children()
    return next(process for process in started if word in command_line(process))


def replaced(installation: Installation, word: str, old: int) -> bool:
    try:
        return main_process(installation, word).pid != old
    except StopIteration:
        return False


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_it_ends_no_process_is_left(installation, ending):
    processes = installation.processes()
    assert len(processes) > 8
    status = installation.end(ending)
    assert status == (-9 if ending == signal.SIGKILL else 0)
    assert wait_until(lambda: not still_there(processes), seconds=30), still_there(processes)


def test_a_start_on_existing_data_does_nothing_twice_and_keeps_key_and_addresses(
    running, installation
):
    assert not [step for step in ("Bringing", "Collecting") if step in installation.text()]
    own = {"EARSHOT_BASE_HOST": f"localhost:{installation.port}"}
    assert installation.settings() == running.settings_at_start | own
