"""Bring database, demo and static files to this version, and skip what is there already."""

import hashlib
from collections.abc import Mapping

from local import process, processes, schema
from local.bootstrap import LOCK, ROOT
from local.data_folder import DataFolder
from local.refusal import from_output

DEMO = "*/management/commands/load_demo.py"
WANTED, LOADED, LEFT_OUT = "wanted", "loaded", "left out"


class Readiness:
    """What must be true of a data folder before a page is served from it."""

    def __init__(self, data: DataFolder, environment: Mapping[str, str]) -> None:
        self.data = data
        self.environment = environment
        self.database_url = environment["DATABASE_URL"]

    def reach(self, *, with_demo: bool) -> None:
        self.collect_static()
        found = schema.applied(self.database_url)
        schema.refuse_newer(found)
        if not found:
            self.data.remember("demo", WANTED if with_demo else LEFT_OUT)
        if self.data.remembers("schema") != schema.state(found):
            print("Bringing the database to this version ...", flush=True)
            self.manage("migrate", "--no-input")
            self.data.remember("schema", schema.state(schema.applied(self.database_url)))
        if self.data.remembers("demo") == WANTED and any(ROOT.glob(DEMO)):
            self.load_demo()

    def load_demo(self) -> None:
        print("Loading two demo districts (once) ...", flush=True)
        self.manage("load_demo")
        self.manage("load_demo_surveys")
        self.data.remember("demo", LOADED)

    def collect_static(self) -> None:
        state = static_state()
        if self.data.remembers("static") != state:
            print("Collecting the style sheets and scripts ...", flush=True)
            self.manage("collectstatic", "--no-input")
            self.data.remember("static", state)

    def manage(self, *arguments: str) -> None:
        """Run one of Django's commands to its end; what it prints goes to its log."""
        program = processes.manage(*arguments, data=self.data, environment=self.environment)
        log = self.data.logs / f"{arguments[0]}.log"
        log.unlink(missing_ok=True)
        child = process.start(program)
        try:
            status = child.wait()
        except BaseException:
            process.stop(child, program)
            raise
        if status:
            printed = log.read_text(errors="replace")
            raise from_output(printed, doing=f"manage.py {arguments[0]}", log=log)


def static_state() -> str:
    """A digest of our static files by name, size and time, and of the packages that bring more."""
    digest = hashlib.sha256(LOCK.read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        digest.update(f"{path.relative_to(ROOT)} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()
