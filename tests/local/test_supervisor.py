"""Programs are started again, stopped with all they started, and never confused with others."""

import json
import os
import signal
import sys
import time

import psutil
from local import process
from local.process import Program, wait_until
from local.supervisor import Supervisor, end_leftovers

from tests.installation import still_there

# Starts a child that ignores a polite request, and waits.
PARENT = (
    "import signal, subprocess, sys; subprocess.Popen([sys.executable, '-c', "
    "'import signal; signal.signal(15, signal.SIG_IGN); print(1, flush=True); signal.pause()']); "
    "signal.pause()"
)


def program(name: str, code: str, **options) -> Program:
    return Program(name, [sys.executable, "-c", code], **options)


def family_of(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    assert wait_until(lambda: bool(parent.children()), seconds=10)
    return [parent, *parent.children()]


def test_a_stop_ends_children_that_would_stay(tmp_path):
    parent = program("parent", PARENT, log=tmp_path / "log")
    child = process.start(parent)
    family = family_of(child.pid)
    process.stop(child, parent)
    assert wait_until(lambda: not still_there(family), seconds=10)


def test_what_does_not_end_when_asked_is_ended(tmp_path):
    log = tmp_path / "log"
    code = "import signal; signal.signal(15, signal.SIG_IGN); print(1, flush=True); signal.pause()"
    deaf = program("deaf", code, log=log, patience=0.5)
    child = process.start(deaf)
    assert wait_until(lambda: log.read_text() == "1\n", seconds=10)
    process.stop(child, deaf)
    assert child.returncode == -signal.SIGKILL


def test_a_program_that_keeps_ending_is_started_again_and_again(tmp_path):
    log = tmp_path / "log"
    supervisor = Supervisor(tmp_path / "running.json")
    supervisor.start([program("short", "print('begun')", log=log)])

    def look() -> bool:
        for kept in supervisor.all():
            supervisor.look_after(kept, time.monotonic())
        return log.read_text().count("begun") >= 3

    assert wait_until(look, seconds=20)
    supervisor.stop()
    assert not (tmp_path / "running.json").exists()


def test_pauses_grow_while_a_program_keeps_ending_and_begin_anew_after_a_steady_time(tmp_path):
    supervisor = Supervisor(tmp_path / "running.json")
    supervisor.start([program("short", "")])
    (kept,) = supervisor.all()
    pauses = [kept.pause(kept.began + 1) for _ in range(7)]
    assert pauses == [0.25, 0.5, 1, 2, 4, 5, 5]
    assert kept.pause(kept.began + 60) == 0.25
    supervisor.stop()


def test_the_next_start_ends_what_a_killed_one_left(tmp_path):
    left = process.start(program("left", PARENT, log=tmp_path / "log"))
    family = family_of(left.pid)
    register = tmp_path / "running.json"
    register.write_text(json.dumps([[left.pid, family[0].create_time()]]))
    end_leftovers(register)
    left.wait()
    assert wait_until(lambda: not still_there(family), seconds=10)
    assert not register.exists()


def test_a_number_that_another_process_has_by_now_is_spared(tmp_path):
    register = tmp_path / "running.json"
    me = psutil.Process(os.getpid())
    register.write_text(json.dumps([[me.pid, me.create_time() - 100]]))
    end_leftovers(register)
    assert not register.exists()
