"""What bin/bench does: seed, serve, ask, and report."""
