"""The room as plain data: what is done, what is told of it, what is kept, and what is counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.model import Choice, Question
from tui.progress import CONFIDENCES, Answer
from tui.workshop.room.lines import learner_out
from tui.workshop.room.model import Room
from tui.workshop.room.splits import before_and_after, shift, sources, split
from tui.workshop.room.stuck import LEAST, medians, stuck
from tui.workshop.room.values import Learner

KEYS = ("ada", "bob", "eve", "joan")
SLUGS = ("one", "two", "three")
ASKED = Question("q", "predict", (), tuple(Choice(slug, (), slug == "two", ()) for slug in SLUGS))


def learner(key: str, screen: str = "a", since: float = 0, **more: object) -> Learner:
    made = Learner(key, key.title(), True, screen, 0, since, {}, frozenset())
    return replace(made, **more)  # type: ignore[arg-type]


answers = st.builds(
    Answer,
    st.sampled_from([*SLUGS, "gone-since", None]),
    st.sampled_from([*CONFIDENCES, None]),
    st.booleans(),
)
steps = st.one_of(
    st.tuples(st.just("learner"), st.sampled_from(KEYS), st.sampled_from("ab"), st.booleans(), answers),
    st.tuples(
        st.just("do"),
        st.sampled_from(
            [
                {"do": "open-vote", "screen": "a", "question": "q"},
                {"do": "open-vote", "screen": "b", "question": "q"},
                {"do": "close-vote"},
                {"do": "second-vote"},
                {"do": "hold", "screen": "a"},
                {"do": "hold", "screen": None},
                {"do": "say", "text": "  Look  up "},
            ]
        ),
    ),
    st.tuples(st.just("give"), st.sampled_from(KEYS), st.integers(1, 4), st.integers(1, 3), answers),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(steps, max_size=60))
def test_whatever_happens_all_is_counted_once_and_told_the_same(happened: list[tuple]) -> None:  # type: ignore[type-arg]
    server, watcher = Room("course"), Room()
    watcher.apply(json.loads(json.dumps(server.whole(0))), 0)
    for now, (kind, *what) in enumerate(happened, start=1):
        line: dict[str, object]
        try:
            if kind == "learner":
                key, screen, here, answer = what
                there = server.learners.get(key)
                stays = there is not None and there.screen == screen
                since = there.since if there and stays else now
                moved = learner(key, screen, since, here=here, answers={f"{screen}/q": answer})
                server.take(moved, now)
                line = {"learner": learner_out(moved)}
            elif kind == "do":
                server.do(what[0], now)
                line = server.state(now)
            else:
                key, vote, number, answer = what
                server.give(key, vote, number, answer)
                line = {"given": {"key": key, "vote": vote, "round": number, **vars(answer)}}
        except ValueError:
            continue
        watcher.apply(json.loads(json.dumps(line)), now)
        assert watcher == server
        counted(server)
    late = Room()
    late.apply(json.loads(json.dumps(server.whole(99))), 99)
    assert late == server
    kept = Room.from_json(server.to_json())
    assert (kept.hold, kept.message, kept.votes) == (server.hold, server.message, server.votes)
    assert sum(each.open for each in server.votes) <= 1


def counted(room: Room) -> None:
    for screen in "ab":
        every = sources(room, screen, "q")
        for source in every:
            found = split(source.given, ASKED)
            assert found.chosen + found.looked + found.skipped + found.other == len(source.given)
            assert sum(map(found.of, SLUGS)) == found.chosen
            assert found.chosen == 0 or 98 <= sum(map(found.percent, SLUGS)) <= 102
        compared = before_and_after(every)
        assert 1 <= len(compared) <= 2
        if len(compared) == 2:
            first, then = (
                {key for key, each in source.given.items() if each.choice is not None} for source in compared
            )
            assert sum(shift(compared[0].given, compared[1].given).values()) == len(first & then)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
names = st.sampled_from(["room", "learner", "state", "given"])


@settings(deadline=None)
@given(
    names, st.sampled_from(["", "learners", "votes", "answers", "key", "name", "stays", "since"]), json_values
)
def test_rubbish_changes_nothing(name: str, within: str, rubbish: object) -> None:
    room = Room("course")
    room.take(learner("ada"), 1)
    room.do({"do": "open-vote", "screen": "a", "question": "q"}, 2)
    good = {
        "room": room.whole(3)["room"],
        "learner": learner_out(learner("ada")),
        "state": room.state(3)["state"],
        "given": {"key": "ada", "vote": 1, "round": 1, "choice": "one"},
    }[name]
    line = {name: {**good, within: rubbish} if within else rubbish}
    before = (dict(room.learners), room.to_json(), room.course)
    try:
        room.apply(line, 4)
    except ValueError:
        assert (dict(room.learners), room.to_json(), room.course) == before


@settings(deadline=None)
@given(json_values)
def test_what_is_no_kept_room_is_refused(rubbish: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Room.from_json(json.dumps(rubbish))


def test_a_kept_room_is_small() -> None:
    room = Room("course")
    keys = [f"{number:04}-with-a-long-name-for-a-learner" for number in range(500)]
    for _ in range(25):
        room.do({"do": "open-vote", "screen": "the-screen", "question": "the-question"}, 1)
        for number in (1, 2):
            for key in keys:
                room.give(key, room.votes[-1].id, number, Answer("a-choice-that-says-it-all", "certain"))
            room.do({"do": "close-vote"}, 2)
            if number == 1:
                room.do({"do": "second-vote"}, 3)
    assert len(room.to_json().encode()) < 256 * 1024
    assert Room.from_json(room.to_json()).votes == room.votes


def test_a_vote_counts_until_it_is_closed_and_the_last_one_given() -> None:
    room = Room("course")
    with pytest.raises(ValueError, match="no vote yet"):
        room.do({"do": "second-vote"}, 1)
    room.do({"do": "open-vote", "screen": "a", "question": "q"}, 1)
    room.give("ada", 1, 1, Answer("one", "a guess"))
    room.give("ada", 1, 1, Answer("two", "certain"))
    room.do({"do": "close-vote"}, 2)
    with pytest.raises(ValueError, match="closed"):
        room.give("bob", 1, 1, Answer("two"))
    assert room.votes[0].rounds[0].given == {"ada": Answer("two", "certain")}
    room.do({"do": "second-vote"}, 3)
    with pytest.raises(ValueError, match="closed"):
        room.give("bob", 1, 1, Answer("two"))
    room.give("ada", 1, 2, Answer("one"))
    assert shift(room.votes[0].rounds[0].given, room.votes[0].rounds[1].given) == {("two", "one"): 1}


def test_a_line_to_everyone_is_short() -> None:
    room = Room("course")
    with pytest.raises(ValueError, match="at most 200 characters, this one 300"):
        room.do({"do": "say", "text": "x" * 300}, 1)
    room.do({"do": "say", "text": "  all \n of you "}, 1)
    assert room.message == "all of you"
    room.do({"do": "say", "text": ""}, 1)
    assert room.message == ""


def lesson_and_votes(rounds: int) -> Room:
    room = Room("course")
    room.take(learner("ada", answers={"a/q": Answer("one", "certain")}), 1)
    for number in range(rounds):
        ask = {"do": "second-vote"} if number else {"do": "open-vote", "screen": "a", "question": "q"}
        room.do(ask, 1)
        room.do({"do": "close-vote"}, 2)
    return room


@pytest.mark.parametrize(
    ("rounds", "compared"),
    [
        (0, ["lesson"]),
        (1, ["lesson", "first vote"]),
        (2, ["first vote", "second vote"]),
        (3, ["first vote", "third vote"]),
    ],
)
def test_what_is_before_and_after(rounds: int, compared: list[str]) -> None:
    found = before_and_after(sources(lesson_and_votes(rounds), "a", "q"))
    assert [source.name for source in found] == compared


Make = Callable[..., Room]


@pytest.fixture
def room() -> Room:
    """Return a room of six, five of whom came to screen a 60 seconds ago, and one at its beginning."""
    made = Room("course")
    for number in range(5):
        made.take(learner(f"k{number}", since=940), 1000)
    made.take(learner("slow", since=0), 1000)
    return made


def test_who_is_stuck(room: Room) -> None:
    assert [each.key for each in stuck(room, 1000)] == ["slow"]
    assert stuck(room, 100) == [], "nobody before two minutes are over"
    assert stuck(room, 10_000) == [], "when all take long, nobody is"
    assert len(stuck(room, 940 + LEAST)) == 1


def test_nobody_is_stuck_where_the_room_is_frozen_or_at_the_end(room: Room) -> None:
    room.hold = "a"
    assert stuck(room, 1000) == []
    room.hold = "b"
    assert len(stuck(room, 1000)) == 1
    assert len(stuck(room, 1000, end="a")) == 1
    room.take(learner("slow", since=0, finished=frozenset("a")), 1000)
    assert stuck(room, 1000, end="a") == []


def test_those_who_went_on_are_what_a_slow_one_is_measured_by(room: Room) -> None:
    for number in range(5):
        room.take(learner(f"k{number}", "b", since=1000), 1000)
    assert room.stays["a"] == dict.fromkeys([f"k{number}" for number in range(5)], 60)
    assert medians(room, 1000)["a"] == 60
    assert [each.key for each in stuck(room, 1000)] == ["slow"]


def test_alone_on_a_screen_the_room_elsewhere_counts(room: Room) -> None:
    room.take(learner("slow", "c", since=500), 1000)
    assert "c" not in medians(room, 1000)
    assert [each.key for each in stuck(room, 1000)] == ["slow"]


def test_who_has_left_is_not_stuck_and_their_stay_ends_there(room: Room) -> None:
    room.take(learner("slow", since=0, here=False), 1000)
    assert stuck(room, 5000) == []
    assert room.stays["a"]["slow"] == 1000
