"""The table: every address with what each kind of visitor gets.

One list for each part of the product, so that a new address is one new line. An address that is
not in a list fails tests/permissions/test_table.py.
"""

from tests.permissions.row import EVERYBODY, Row

HEALTH = [
    Row("districts:live", EVERYBODY),
    Row("districts:ready", EVERYBODY),
]

TABLE: list[Row] = [*HEALTH]

# Addresses of libraries whose own tests prove who gets what; each with the reason.
LIBRARIES: dict[str, str] = {}
