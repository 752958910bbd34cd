"""The table: every address with what each kind of visitor gets.

One list for each part of the product, so that a new address is one new line. An address that is
not in a list fails tests/permissions/test_table.py.
"""

from tests.permissions.api import API
from tests.permissions.districts import OUTBOX, SETTINGS, SIGN_IN
from tests.permissions.nps import LOOP
from tests.permissions.public import ASKING, RECORDING, STATUS
from tests.permissions.row import EVERYBODY, Row
from tests.permissions.surges import SURGES
from tests.permissions.surveys_answer import SURVEYS_ANSWER
from tests.permissions.surveys_editor import EDITOR
from tests.permissions.surveys_results import RESULTS
from tests.permissions.surveys_waves import WAVES
from tests.permissions.triage import TRIAGE

LOOK = [
    Row("districts:favicon", EVERYBODY, fill=lambda _cast: {"version": "any"}),
    Row("districts:logo", "404", note="where there is none"),
    Row("districts:robots", EVERYBODY),
    Row("districts:theme", EVERYBODY, fill=lambda _cast: {"version": "any"}),
    Row("districts:look", "302", method="post"),
]
HEALTH = [
    Row("districts:live", EVERYBODY),
    Row("districts:ready", EVERYBODY),
    Row("districts:host", "404", note="a name that nobody here owns"),
]

# Recorders type in what others ask; how families are served is not theirs to read.
SERVICE = [
    Row("inbox:service", "login 404 200 404 200 200 200 200 200"),
    Row("inbox:service_csv", "login 404 200 404 200 200 200 200 200"),
    Row("inbox:trends", "login 404 200 404 200 200 200 200 200"),
    Row("inbox:planner", "login 404 200 404 200 200 200 200 200"),
    Row("inbox:planner", "login 404 404 404 302 302 302 302 302", method="post"),
]

TABLE: list[Row] = [
    *ASKING,
    *STATUS,
    *RECORDING,
    *HEALTH,
    *LOOK,
    *SIGN_IN,
    *SETTINGS,
    *OUTBOX,
    *TRIAGE,
    *SURGES,
    *SURVEYS_ANSWER,
    *API,
    *SERVICE,
    *EDITOR,
    *RESULTS,
    *LOOP,
    *WAVES,
]

# Addresses of libraries whose own tests prove who gets what; each with the reason.
_ACCOUNTS = "django-allauth: a person's own login, the same for everybody; its tests say who"
LIBRARIES: dict[str, str] = {
    f"account_{name}": _ACCOUNTS
    for name in (
        "change_password",
        "inactive",
        "login",
        "logout",
        "reauthenticate",
        "reset_password",
        "reset_password_done",
        "reset_password_from_key",
        "reset_password_from_key_done",
        "set_password",
        "signup",
    )
} | {
    f"mfa_{name}": _ACCOUNTS
    for name in (
        "activate_totp",
        "add_webauthn",
        "authenticate",
        "deactivate_totp",
        "download_recovery_codes",
        "edit_webauthn",
        "generate_recovery_codes",
        "index",
        "list_webauthn",
        "login_webauthn",
        "reauthenticate",
        "reauthenticate_webauthn",
        "remove_webauthn",
        "view_recovery_codes",
    )
}
LIBRARIES["usersessions_list"] = _ACCOUNTS
