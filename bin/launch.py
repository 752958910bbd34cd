"""Run a command of bin/ by name, inside the project's virtual environment."""

import sys

from local import bootstrap

if __name__ == "__main__":
    sys.exit(bootstrap.run(sys.argv[1], sys.argv[2:]))
