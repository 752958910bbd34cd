"""The limit beside intake: the same statements, sent by pgbench without any Python."""

import os
import re
import subprocess
import tempfile
from urllib.parse import urlsplit

from local.bench.stage import Stage
from local.postgres import INSTALLED

# What must differ from one question to the next: references, keys and hashes.
FRESH = (
    (re.compile(r"'[0-9a-f]{64}'"), "md5(random()::text) || md5(random()::text)"),
    (re.compile(r"'[A-Za-z0-9_-]{16}:[0-9a-f]+'"), "md5(random()::text)"),
    (re.compile(r"'[2-9BCDFGHJKMNPQRSTVWXZ]{12}'"), "upper(left(md5(random()::text), 12))"),
)


def transactions_a_second(
    stage: Stage, statements: list[str], *, district_id: int, seconds: float
) -> float:
    """Return how often a second the database alone does what one question asks of it."""
    door = f"BEGIN;\nSELECT set_config('earshot.district', '{district_id}', true);\n"
    script = door + "\n".join(f"{_fresh(text)};" for text in _inside(statements)) + "\nEND;\n"
    address = urlsplit(stage.environment["DATABASE_URL"])
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        answer = subprocess.run(
            [
                str(INSTALLED / "bin" / "pgbench"),
                *("--no-vacuum", "--client=4", "--jobs=2", "--protocol=simple"),
                *(f"--time={max(1, round(seconds))}", f"--file={file.name}"),
                *(f"--host={address.hostname}", f"--port={address.port}", "--username=earshot"),
                "earshot",
            ],
            env={**os.environ, "PGPASSWORD": address.password or ""},
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"tps = ([0-9.]+)", answer.stdout)
    if answer.returncode or found is None:
        raise SystemExit(f"pgbench failed: {answer.stderr.strip()[-400:]}")
    return float(found[1])


def _inside(statements: list[str]) -> list[str]:
    """Return the statements, without the words that begin and end transactions."""
    outside = ("BEGIN", "COMMIT", "SET ROLE")
    return [text for text in statements if not text.startswith(outside)]


def _fresh(text: str) -> str:
    for pattern, expression in FRESH:
        text = pattern.sub(expression, text)
    return text.replace("\n", " ")
