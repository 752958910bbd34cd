"""docs/self-hosting.md says what docker-compose.yml does, and its units are ones systemd takes."""

import re
import shutil
import subprocess

import pytest
import yaml
from local.bootstrap import ROOT

PAGE = (ROOT / "docs" / "self-hosting.md").read_text()
UNITS = dict(re.findall(r"`/etc/systemd/system/(\S+)`\n\n```ini\n(.*?)```", PAGE, re.DOTALL))
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_unit_starts_what_the_container_starts(name):
    started = re.search(r"^ExecStart=\S+/bin/(.*)$", UNITS[f"earshot-{name}.service"], re.MULTILINE)
    assert started
    assert started[1].replace("127.0.0.1", "0.0.0.0").split() == COMPOSE[name]["command"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_units(tmp_path):
    for name, unit in UNITS.items():
        (tmp_path / name).write_text(unit)
    checked = subprocess.run(
        ["systemd-analyze", "verify", *tmp_path.iterdir()],
        capture_output=True,
        text=True,
        check=False,
    )
    # The one complaint it may have here: the programs are not installed at that place.
    said = [line for line in checked.stderr.splitlines() if str(tmp_path) in line]
    assert [line for line in said if "is not executable" not in line] == []


def test_the_page_names_every_setting_that_the_containers_get():
    assert [name for name in COMPOSE["web"]["environment"] if name not in PAGE] == []
