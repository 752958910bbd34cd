"""Finding conversations by words: past row-level security, inside the district."""

import pytest
from django.db import connection

from districts.scope import district_scope, no_district
from inbox.access import visible_to
from inbox.models import Conversation
from inbox.searching import matching
from tests.builders import make_conversation
from tests.cast import Cast
from tests.inbox.crowd import crowd, great_crowd


def found(member, words: str) -> list[int]:
    return sorted(row.number for row in matching(visible_to(member), words))


@pytest.fixture
def asked(in_fairview: Cast) -> Conversation:
    return make_conversation(
        "¿A qué hora sale el autobús?",
        sender_name="Lucía Peña",
        sender_email="lucia.pena@family.example",
        team=in_fairview.team,
    )


@pytest.mark.parametrize(
    "words",
    ["autobus", "AUTOBÚS hora", "pena lucia", "lucia.pena@family", "¿A qué", "l", "lu"],
)
def test_words_find_subjects_and_senders_whatever_accents_and_case(in_fairview, asked, words):
    assert asked.number in found(in_fairview.agent, words)


def test_numbers_and_references_find_their_conversation(in_fairview, asked):
    assert found(in_fairview.agent, f"#{asked.number}") == [asked.number]
    assert found(in_fairview.agent, asked.reference.lower()) == [asked.number]


def test_every_word_must_be_there(in_fairview, asked):
    assert found(in_fairview.agent, "autobus ortiz") == []


@pytest.mark.parametrize(
    "words", ["100%", "_", "\\", "%%%", "a_b", "' OR 1=1 --", "\x00", "(", "日本"]
)
def test_wildcards_and_quotes_are_only_letters(in_fairview, asked, words):
    assert found(in_fairview.agent, words) == []


def test_a_search_sees_its_own_district_only(in_fairview: Cast, harbor: Cast):
    assert found(in_fairview.admin, "bus") == [in_fairview.conversation.number]
    theirs = _ids("%bus%")
    assert theirs == [in_fairview.conversation.pk]
    with district_scope(harbor.district.pk):
        assert _ids("%bus%") == [harbor.conversation.pk]
    with no_district():
        assert _ids("%bus%") == []


def test_the_function_applies_the_district_whatever_the_filters_say(in_fairview, harbor):
    with district_scope(harbor.district.pk):
        make_conversation("Lunch money", team=harbor.team)
    assert _ids("%lunch%") == []


def test_another_teams_conversation_is_not_found(in_fairview, asked):
    assert found(in_fairview.other_agent, "autobus") == []


@pytest.mark.parametrize(
    ("pattern", "index"),
    [("%gymnasium%", "conversation_search"), ("%crowd%", "conversation_newest")],
)
def test_rare_words_read_the_trigrams_and_common_ones_the_newest(in_fairview, pattern, index):
    make_conversation("Gymnasium roof")
    crowd(1)
    great_crowd(40_000)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        # What vacuuming does in time: a long list of pending words makes the index look dear.
        cursor.execute("SELECT gin_clean_pending_list('conversation_search')")
        cursor.execute("ANALYZE inbox_conversation")
        cursor.execute("SET LOCAL ROLE earshot_search")
        cursor.execute(
            "EXPLAIN SELECT id FROM inbox_conversation WHERE district_id = %s AND searchable LIKE "
            "%s ORDER BY last_message_at DESC, id DESC LIMIT 500",
            [in_fairview.district.pk, pattern],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("RESET ROLE")
        cursor.execute("SET LOCAL ROLE earshot_app")
    assert index in plan


def _ids(pattern: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM inbox_search(%s, ARRAY[]::text[], 100)", [pattern])
        return [row[0] for row in cursor.fetchall()]
