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

-- What is searched, computed once when it is written; Django need not know the column.
ALTER TABLE inbox_conversation ADD COLUMN searchable text GENERATED ALWAYS AS (
    inbox_plain(
        ' ' || subject || ' ' || reference || ' #' || number::text || ' ' || number::text || ' '
        || sender_name || ' ' || sender_email || ' ' || sender_phone
    )
) STORED;

CREATE INDEX conversation_search
    ON inbox_conversation USING gin (district_id, searchable gin_trgm_ops);

CREATE FUNCTION inbox_search(most_telling text, others text[], most integer)
    RETURNS SETOF bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = public, pg_temp
AS $search$
DECLARE
    district bigint := nullif(current_setting('earshot.district', true), '')::bigint;
BEGIN
    -- Planned anew with these very words: a rare one is found by the trigram index, a common one by
    -- walking the newest conversations until there are enough.
    RETURN QUERY EXECUTE
        'SELECT id FROM inbox_conversation'
        ' WHERE district_id = $1 AND searchable LIKE $2 AND searchable LIKE ALL ($3)'
        ' ORDER BY last_message_at DESC, id DESC LIMIT $4'
        USING district, most_telling, others, most;
END
$search$;

GRANT SELECT (id, district_id, searchable, last_message_at)
    ON inbox_conversation TO earshot_search;
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
ALTER TABLE inbox_conversation DROP COLUMN searchable;
DROP FUNCTION inbox_plain(text);
REVOKE ALL ON inbox_conversation FROM earshot_search;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_link_following_conversations")]

    operations = [migrations.RunSQL(SEARCH, UNDO)]
