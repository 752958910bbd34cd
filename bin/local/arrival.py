"""Wait for the first page, then say where everything is."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg

from local.data_folder import DataFolder
from local.health import is_served
from local.process import wait_until
from local.refusal import RefusalError

HOSTS = """
SELECT district.name, entry.host
FROM districts_district AS district
JOIN districts_districthost AS entry ON entry.district_id = district.id
WHERE entry.is_primary ORDER BY district.name
"""
FIRST_DISTRICT = """
There is no district yet. Make one; this prints the invitation of its first administrator:
  EARSHOT_DATA={data} .venv/bin/python manage.py create_district --name "Fairview Schools" \\
    --slug fairview --host fairview.localhost --time-zone America/Chicago \\
    --admin-email you@example.org"""


def wait_for_page(url: str, *, has_failed: Callable[[], bool], log: Path | None) -> None:
    """Until a page is served; a web process that ends instead will not serve one."""
    served = wait_until(lambda: has_failed() or is_served(url), seconds=180, pause=0.05)
    if has_failed() or not served:
        raise RefusalError(f"The web process did not start; what it printed is in {log}.")


def announce(data: DataFolder, environment: Mapping[str, str], *, port: int) -> None:
    """Addresses, logins, folders: all that a person needs to begin."""
    print(f"\nEarshot is running at http://localhost:{port}")
    found = districts(environment["DATABASE_URL"])
    for name, host in found:
        print(f"  {name}: http://{host}:{port}")
    if not found:
        print(FIRST_DISTRICT.format(data=data.path))
    if data.logins.exists():
        print(f"\n{data.logins.read_text().strip()}")
    if not os.environ.get("EMAIL_URL") and "EMAIL_URL" not in data.read_settings():
        print(f"\nOutgoing mail: {data.outbox}")
    print(f"Logs: {data.logs}\nCtrl-C stops everything.", flush=True)


def districts(database_url: str) -> list[tuple[str, str]]:
    with psycopg.connect(database_url) as connection:
        return [(str(name), str(host)) for name, host in connection.execute(HOSTS)]
