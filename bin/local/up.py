"""What `bin/up` runs: servers, migrations, a demo the first time, then web, worker and beat."""

import argparse
import os
from collections.abc import Mapping
from errno import EADDRINUSE
from functools import partial
from pathlib import Path

from local import arrival, messages, processes
from local.addresses import problem_with
from local.bootstrap import ROOT
from local.data_folder import DataFolder
from local.process import ending_cleanly, undisturbed
from local.readiness import Readiness
from local.refusal import RefusalError
from local.servers import Servers
from local.supervisor import Supervisor, end_leftovers

REGISTER = "running.json"


def main(arguments: list[str]) -> int:
    """Run until Ctrl-C or a signal, then stop everything that was started."""
    options = parse(arguments)
    data = DataFolder(options.data)
    address = f"http://localhost:{options.port}"
    with ending_cleanly(), data.taken(address):
        if problem := problem_with(options.port):
            taken = problem.errno == EADDRINUSE
            reason = "is taken by another program" if taken else f"is refused ({problem.strerror})"
            raise RefusalError(f"Port {options.port} {reason}: choose another with --port N.")
        end_leftovers(data.path / REGISTER)
        serve(data, port=options.port, with_demo=not options.empty)
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/up", description="Start Earshot on this machine.")
    parser.add_argument("--port", type=port, default=8000, metavar="N", help="default: 8000")
    parser.add_argument("--data", type=Path, default=default_data(), metavar="DIR")
    parser.add_argument("--empty", action="store_true", help="without the demo districts")
    return parser.parse_args(arguments)


def port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def default_data() -> Path:
    return Path(os.environ.get("EARSHOT_DATA") or ROOT / "var")


def serve(data: DataFolder, *, port: int, with_demo: bool) -> None:
    supervisor = Supervisor(data.path / REGISTER)
    try:
        environment = start_servers(data, supervisor, port=port)
        Readiness(data, environment).reach(with_demo=with_demo)
        start_product(data, supervisor, environment, port=port)
        arrival.announce(data, environment, port=port)
        supervisor.watch()
    finally:
        with undisturbed():
            print("Stopping ...", flush=True)
            supervisor.stop()


def start_servers(data: DataFolder, supervisor: Supervisor, *, port: int) -> dict[str, str]:
    """Our own servers where none are named; returns what every command's environment needs."""
    servers = Servers(data.path, given=data.given(), logs=data.logs)
    supervisor.start(servers.prepare())
    messages.compile_all()
    environment = {
        **servers.environment(),
        "EARSHOT_BASE_HOST": os.environ.get("EARSHOT_BASE_HOST") or f"localhost:{port}",
    }
    data.write_settings(environment)
    servers.wait(supervisor.ended)
    return {**environment, "EARSHOT_DATA": str(data.path)}


def start_product(
    data: DataFolder, supervisor: Supervisor, environment: Mapping[str, str], *, port: int
) -> None:
    """Web alone until it serves: the three would only slow each other's start."""
    web = processes.web(data, environment, port=port)
    supervisor.start([web])
    host = environment["EARSHOT_BASE_HOST"].partition(":")[0]
    page = f"http://{host}:{port}/health/ready/"
    arrival.wait_for_page(page, has_failed=partial(supervisor.ended, "web"), log=web.log)
    supervisor.start([processes.worker(data, environment), processes.beat(data, environment)])
