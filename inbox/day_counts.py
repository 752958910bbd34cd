"""Keeping the counts of each day: what the database noted since is added up, once."""

from datetime import datetime

from django.db import connection, transaction

from districts.models import District
from districts.scope import current_district_id
from inbox.models import DayCount

BATCH = 5_000

# Rows are taken and added up in one statement; whoever folds at the same time takes others. The
# order of the keys is the same for all, so that two of them never wait for each other.
FOLD = """
WITH taken AS (
    DELETE FROM inbox_countchange WHERE id IN (
        SELECT id FROM inbox_countchange WHERE district_id = %(district)s
        ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
    )
    RETURNING *
), added AS (
    INSERT INTO inbox_daycount (district_id, "on", topic, school, team, language, channel, count)
    SELECT district_id, (received_at AT TIME ZONE %(zone)s)::date AS day,
           topic, school, team, language, channel, sum(change)
    FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(change) <> 0
    ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT ON CONSTRAINT day_counted_once
        DO UPDATE SET count = inbox_daycount.count + excluded.count
)
SELECT count(*) FROM taken
"""
# One statement, and so one moment: what is noted meanwhile is added to the new counts later.
RECOUNT = """
WITH noted AS (
    DELETE FROM inbox_countchange WHERE district_id = %(district)s
), found AS (
    SELECT (received_at AT TIME ZONE %(zone)s)::date AS "on",
           coalesce(topic_id, 0) AS topic, coalesce(school_id, 0) AS school,
           coalesce(team_id, 0) AS team, language, channel, count(*)
    FROM inbox_conversation WHERE district_id = %(district)s AND NOT is_spam
    GROUP BY 1, 2, 3, 4, 5, 6
)
INSERT INTO inbox_daycount (district_id, "on", topic, school, team, language, channel, count)
SELECT %(district)s, "on", topic, school, team, language, channel, coalesce(found.count, 0)
FROM found FULL JOIN (SELECT * FROM inbox_daycount WHERE district_id = %(district)s) kept
    USING ("on", topic, school, team, language, channel)
WHERE found.count IS DISTINCT FROM kept.count
ORDER BY 2, 3, 4, 5, 6, 7
ON CONFLICT ON CONSTRAINT day_counted_once DO UPDATE SET count = excluded.count
"""


def fold(*, at: datetime) -> bool:  # noqa: ARG001 - a turn of a sweep, like any other
    """Add up a batch of the district's changes; say whether there may be more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FOLD, _district() | {"batch": BATCH})
        taken = int(cursor.fetchone()[0])
        DayCount.objects.filter(count=0).delete()
    return taken == BATCH


def recount() -> None:
    """Count the district anew from its rows: days begin at another hour, or rows were copied."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RECOUNT, _district())
        DayCount.objects.filter(count=0).delete()


def _district() -> dict[str, int | str]:
    district = District.objects.get(pk=current_district_id())
    return {"district": district.pk, "zone": district.time_zone}
