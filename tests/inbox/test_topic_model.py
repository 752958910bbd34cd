"""A model's numbers and bytes, without Django: bounded, checked, and the same after storing."""

import time
from array import array

import pytest

from inbox.likeness import number_of
from inbox.topic_model import BadModelError, TopicModel, checksum_of
from inbox.topic_report import NOTHING, Tried, interval, report_of

BUS, LUNCH = 7, 9
MODEL = TopicModel(
    topics=[BUS, LUNCH],
    places={number_of("bus"): 0, number_of("lunch"): 1},
    rarity=array("f", [1.5, 2.0]),
    weights=array("f", [3.0, -3.0, -3.0, 3.0]),
    biases=array("f", [0.0, 0.0]),
    temperature=1.5,
)


def test_the_likeliest_topic_comes_first():
    guesses = MODEL.guesses("The bus, the BUS was late")
    assert [guess.topic for guess in guesses] == [BUS, LUNCH]
    assert sum(guess.confidence for guess in guesses) == pytest.approx(1.0)


def test_nothing_is_guessed_of_words_that_are_not_known():
    assert MODEL.guesses("Grüße") == []
    assert MODEL.guesses("") == []


def test_a_stored_model_guesses_the_same():
    body = MODEL.to_bytes()
    again = TopicModel.from_bytes(body, checksum=checksum_of(body))
    assert again.guesses("bus or lunch") == MODEL.guesses("bus or lunch")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body[:-1],
        lambda body: body[:20] + bytes([body[20] ^ 1]) + body[21:],
        lambda _body: b"",
        lambda _body: b"\x80\x04pickle",
    ],
)
def test_what_was_not_stored_by_us_is_no_model(spoil):
    body = MODEL.to_bytes()
    with pytest.raises(BadModelError):
        TopicModel.from_bytes(spoil(body), checksum=checksum_of(body))
    with pytest.raises(BadModelError):
        TopicModel.from_bytes(spoil(body), checksum=checksum_of(spoil(body)))


def test_a_huge_text_costs_little():
    began = time.process_time()
    MODEL.guesses("bus lunch " * 1_000_000)
    assert time.process_time() - began < 0.2


def test_a_report_counts_against_the_commonest_topic():
    tried = [Tried(BUS, BUS, 0.9)] * 40 + [Tried(LUNCH, BUS, 0.6)] * 10
    tried += [Tried(LUNCH, LUNCH, 0.97)] * 9 + [Tried(LUNCH, NOTHING, 0.0)]
    report = report_of(tried, BUS)
    assert (report.tested, report.right, report.commonest_right) == (60, 49, 40)
    assert report.topics[0] == {"topic": BUS, "had": 40, "suggested": 50, "right": 40}
    assert [row["topic"] for row in report.topics] == [BUS, LUNCH]
    assert report.thresholds[-1] == {"low": 0.95, "count": 9, "right": 9}
    assert sum(band["count"] for band in report.bands) == 60
    assert report.is_enough


def test_few_held_out_conversations_are_no_ground_for_a_claim():
    assert not report_of([Tried(BUS, BUS, 0.9)] * 49, BUS).is_enough


@pytest.mark.parametrize(
    ("right", "count", "low", "high"), [(8, 10, 0.490, 0.943), (0, 0, 0, 1), (50, 50, 0.929, 1)]
)
def test_the_interval_is_wilsons(right, count, low, high):
    assert interval(right, count) == pytest.approx((low, high), abs=0.001)
