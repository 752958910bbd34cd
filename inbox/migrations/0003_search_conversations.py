"""One function searches, past row-level security, and applies the district itself."""

from django.db import migrations

# Trigram operators are not leakproof: under row-level security they would lose their index. So the
# function belongs to a role that passes it, sees the searched columns only, and cannot log in.
SEARCH = r"""
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE FUNCTION inbox_plain(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN translate(lower(words), 'áàâäãåéèêëíìîïóòôöõúùûüñç', 'aaaaaaeeeeiiiiooooouuuunc');

CREATE FUNCTION inbox_searchable(
    subject text, reference text, number bigint, sender_name text, sender_email text,
    sender_phone text
) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN inbox_plain(
        ' ' || subject || ' ' || reference || ' #' || number::text || ' ' || number::text || ' '
        || sender_name || ' ' || sender_email || ' ' || sender_phone
    );

CREATE INDEX conversation_search ON inbox_conversation USING gin (
    district_id,
    inbox_searchable(subject, reference, number, sender_name, sender_email, sender_phone)
        gin_trgm_ops
);

CREATE FUNCTION inbox_search(most_telling text, others text[], most integer)
    RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 100
    SET search_path = public, pg_temp
AS $search$
    -- Materialized: the limit must not tempt the planner to walk the newest-first index instead.
    WITH hits AS MATERIALIZED (
        SELECT id, last_message_at
        FROM inbox_conversation
        WHERE district_id = nullif(current_setting('earshot.district', true), '')::bigint
            AND inbox_searchable(
                subject, reference, number, sender_name, sender_email, sender_phone
            ) LIKE most_telling
            AND inbox_searchable(
                subject, reference, number, sender_name, sender_email, sender_phone
            ) LIKE ALL (others)
    )
    SELECT id FROM hits ORDER BY last_message_at DESC, id DESC LIMIT most
$search$;

GRANT SELECT (
    id, district_id, subject, reference, number, sender_name, sender_email, sender_phone,
    last_message_at
) ON inbox_conversation TO earshot_search;
GRANT CREATE, USAGE ON SCHEMA public TO earshot_search;
ALTER FUNCTION inbox_search(text, text[], integer) OWNER TO earshot_search;
REVOKE CREATE ON SCHEMA public FROM earshot_search;
SET LOCAL ROLE earshot_search;
REVOKE ALL ON FUNCTION inbox_search(text, text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inbox_search(text, text[], integer) TO earshot_app;
RESET ROLE;
"""

UNDO = """
SET LOCAL ROLE earshot_search;
DROP FUNCTION inbox_search(text, text[], integer);
RESET ROLE;
DROP INDEX conversation_search;
DROP FUNCTION inbox_searchable(text, text, bigint, text, text, text);
DROP FUNCTION inbox_plain(text);
REVOKE ALL ON inbox_conversation FROM earshot_search;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_link_following_conversations")]

    operations = [migrations.RunSQL(SEARCH, UNDO)]
