"""What bin/bench does: seed, serve, ask, and report."""

from local.bench.run import main

__all__ = ["main"]
