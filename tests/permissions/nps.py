"""Who gets what on the pages about scores: whoever manages surveys closes the loop."""

from tests.permissions.row import Row

LOOP = [
    Row("nps:loop", "login 404 404 404 404 404 404 200 200"),
    Row("nps:thanks", "login 404 404 404 404 404 404 302 302", method="post"),
]
