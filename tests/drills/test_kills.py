"""A small bin/drill: a real worker and a real queue are killed while questions arrive."""

import subprocess

from local.bootstrap import ROOT

from tests.installation import plain_environment


def drill(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run bin/drill to its end, on servers of its own."""
    return subprocess.run(
        [ROOT / "bin" / "drill", *arguments],
        env=plain_environment(),
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def test_killing_worker_and_queue_loses_and_doubles_nothing():
    result = drill("--questions", "60", "--kills", "2")
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("killing") >= 2
    assert "nothing lost, nothing doubled" in result.stdout
