"""Many conversations out of few: the demo's rows, copied in the database with other keys."""

import psycopg
from psycopg import sql

# Whatever a conversation or a family consists of; what these rows refer to beside is shared.
TABLES = (
    "families_family",
    "families_guardian",
    "families_student",
    "families_enrollment",
    "families_guardianship",
    "families_contactpoint",
    "inbox_conversation",
    "inbox_message",
    "inbox_event",
    "inbox_clock",
    "inbox_assignment",
    "inbox_feedback",
)
STEP = 10_000_000
# More than the demo's numbers, and so little that thousands of copies still have numbers.
NUMBERS = 100_000
OTHER_ID = "CASE WHEN t.external_id = '' THEN '' ELSE t.external_id || '-' || k END"
# Columns that may not simply be copied; `k` is the number of the copy.
CHANGED = {
    ("families_family", "external_id"): OTHER_ID,
    ("families_guardian", "external_id"): OTHER_ID,
    ("families_student", "external_id"): OTHER_ID,
    ("families_contactpoint", "value"): "k || t.value",
    ("inbox_conversation", "number"): f"t.number + k * {NUMBERS}",
    ("inbox_conversation", "reference"): "upper(left(md5(t.reference || k), 12))",
    ("inbox_conversation", "token_hash"): "md5(t.token_hash || k) || md5(k || t.token_hash)",
    ("inbox_message", "raw_id"): "NULL",
    ("inbox_message", "delivery_id"): "NULL",
}
# Times of copies lie further back, so that lists and trends have a past to leaf through.
BACK = ("received_at", "created_at", "last_inbound_at", "last_message_at", "at", "from_at", "to_at")


def multiply(connection: psycopg.Connection, *, until: int, unresolved_share: float) -> None:
    """Copy until there are so many conversations, of which a share is not resolved.

    The connection is a superuser's: the rows are many districts', and their keys are right by
    construction, so that checking each would only take time.
    """
    connection.execute("SET session_replication_role = replica")
    have = _count(connection, "TRUE")
    waiting = _count(connection, "status <> 'resolved'")
    done = have - waiting
    copies = max(0, round((until * (1 - unresolved_share) - done) / done))
    copies_waiting = max(0, round((until * unresolved_share - waiting) / waiting))
    for table in TABLES:
        connection.execute(_statement(connection, table), {"all": copies, "some": copies_waiting})
    connection.execute("SET session_replication_role = origin")
    connection.execute("VACUUM ANALYZE")


def _count(connection: psycopg.Connection, condition: str) -> int:
    query = sql.SQL("SELECT count(*) FROM inbox_conversation WHERE {}").format(sql.SQL(condition))
    return int(connection.execute(query).fetchone()[0])  # type: ignore[index]


def _statement(connection: psycopg.Connection, table: str) -> sql.Composed:
    """Return the INSERT that copies a table; what hangs on a waiting conversation, less often."""
    columns = _columns(connection, table)
    parents = _parents(connection, table)
    values = sql.SQL(", ").join(_value(table, column, parents) for column in columns)
    conversation = {"inbox_conversation": "t.id"}.get(table, "t.conversation_id")
    waiting = (
        sql.SQL("(SELECT c.status <> 'resolved' FROM inbox_conversation c WHERE c.id = {})").format(
            sql.SQL(conversation)
        )
        if table.startswith("inbox_")
        else sql.SQL("FALSE")
    )
    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {values} FROM {table} t,"
        " LATERAL generate_series(1, CASE WHEN {waiting} THEN %(some)s ELSE %(all)s END) k"
        " WHERE t.id < {step}"
    ).format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=values,
        waiting=waiting,
        step=sql.Literal(STEP),
    )


def _value(table: str, column: str, parents: set[str]) -> sql.Composable:
    if (table, column) in CHANGED:
        return sql.SQL(CHANGED[table, column])
    name = sql.Identifier("t", column)
    if column == "id" or column in parents:
        return sql.SQL("{} + k::bigint * {}").format(name, sql.Literal(STEP))
    if column in BACK:
        return sql.SQL("{} - k * interval '1 hour'").format(name)
    return name


def _columns(connection: psycopg.Connection, table: str) -> list[str]:
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return [name for (name,) in rows]


def _parents(connection: psycopg.Connection, table: str) -> set[str]:
    """Return the columns that refer to rows which are copied too."""
    rows = connection.execute(
        "SELECT a.attname FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]"
        " WHERE c.contype = 'f' AND c.conrelid = %s::regclass"
        " AND c.confrelid::regclass::text = ANY(%s)",
        [table, list(TABLES)],
    )
    return {name for (name,) in rows}
