"""Whether a web process serves: `python bin/local/health.py URL`, for containers and by hand."""

import http.client
import sys
from urllib.parse import urlsplit


def is_served(url: str) -> bool:
    """Ask by the host name in the address, at this machine: names need not resolve."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", address.port or 80, timeout=10)
    try:
        connection.request("GET", address.path, headers={"Host": address.netloc})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_served(sys.argv[1]) else 1)
