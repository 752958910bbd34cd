"""The product without its pages, in a folder of its own: servers, worker, beat, one district."""

import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import django

from local import messages, processes
from local.bootstrap import ROOT
from local.data_folder import DataFolder
from local.drilling.mailbox import Mailbox
from local.process import wait_until
from local.readiness import Readiness
from local.refusal import RefusalError
from local.servers import Servers
from local.supervisor import Supervisor

if TYPE_CHECKING:
    from local.drilling.asking import Asking
    from local.drilling.findings import Finding


class Stage:
    """Kept running by the supervisor of bin/up, which starts again what we kill."""

    def __init__(self, folder: Path, *, mail: Mailbox | None) -> None:
        self.data = DataFolder(folder)
        self.mail = mail
        self.supervisor = Supervisor(folder / "running.json")
        self.district_id = 0
        self.asked = 0

    def start(self) -> None:
        """From nothing to a worker that works."""
        for folder in (self.data.logs, self.data.outbox):
            folder.mkdir(parents=True, exist_ok=True)
        servers = Servers(self.data.path, given={}, logs=self.data.logs)
        self.supervisor.start(servers.prepare())
        messages.compile_all()
        environment = self.data.write_settings(
            {
                **servers.environment(),
                "EARSHOT_BASE_HOST": "localhost:8000",
                "EARSHOT_DATA": str(self.data.path),
                "EMAIL_URL": self.mail.url if self.mail else "",
            }
        )
        os.environ.update(environment)
        servers.wait(self.supervisor.ended)
        Readiness(self.data, environment).manage("migrate", "--no-input")
        enter_product()
        self.asking = import_module("local.drilling.asking")
        self.counting = import_module("local.drilling.findings")
        self.district_id = self.asking.make_district()
        worker = processes.worker(self.data, environment)
        self.supervisor.start([worker, processes.beat(self.data, environment)])
        if not wait_until(lambda: " ready." in self.worker_log(), seconds=300):
            raise RefusalError(f"The worker did not start:\n{self.worker_log()[-2000:]}")

    def stop(self) -> None:
        self.supervisor.stop()

    def ask(self, questions: int, *, seconds: float) -> "Asking":
        """Begin to ask, evenly over some seconds, some of it twice."""
        asking: Asking = self.asking.Asking(self.district_id, questions, seconds=seconds)
        asking.start()
        self.asked = questions
        return asking

    def kill(self, name: str) -> None:
        """As `kill -9` does; one that is just being started again is spared."""
        for kept in self.supervisor.all():
            if kept.program.name == name and kept.child.poll() is None:
                kept.child.kill()

    def run_until(self, reached: Callable[[], bool], *, seconds: float) -> bool:
        """Look after the programs until something is so; say whether it came to that."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if reached():
                return True
            for kept in self.supervisor.all():
                self.supervisor.look_after(kept, time.monotonic())
            time.sleep(0.1)
        return reached()

    def left(self) -> int:
        """How many steps are still to be done, over all rows."""
        left: int = self.counting.left(self.district_id)
        return left

    def findings(self) -> "list[Finding]":
        mails = self.mail.message_ids() if self.mail else written(self.data.outbox)
        found: list[Finding] = self.counting.find(
            self.district_id, asked=self.asked, mails=mails, by_smtp=bool(self.mail)
        )
        return found

    def worker_log(self) -> str:
        path = self.data.logs / "worker.log"
        return path.read_text(errors="replace") if path.exists() else ""


def written(outbox: Path) -> list[str]:
    return [path.stem for path in outbox.glob("*.eml")]


def enter_product() -> None:
    """Become a process of the product: its settings need the servers' addresses first."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
