"""What `bin/format` runs: the same tools as bin/test, told to mend."""

from local.bootstrap import ROOT
from local.check import Check, run, tool


def main(arguments: list[str]) -> int:
    """Format Python files and templates; with arguments only those."""
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    chosen = arguments or ["."]
    run(Check("imports", tool("ruff", "check", "--fix", "--quiet", *chosen)))
    run(Check("python", tool("ruff", "format", "--quiet", *chosen)))
    run(Check("templates", tool("djade", "--target-version", "5.2", *templates)))
    return 0
