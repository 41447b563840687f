"""Filling in: forwards, back, from the review, and that no step loses an answer."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import draft_steps as steps
from domain import draft_tables as tables
from domain.draft import Cursor, Doubt, Filling, Pending, first, following, position, progress, require_complete
from domain.form import FORM, Kind, Question, missing, path, question
from domain.refusal import Reason, Refused
from tests.drafts import ANSWERS, answers
from tests.factories import a_competition

COMPETITION = a_competition()


def at(key: str, given: dict[str, Any] | None = None, **rest: Any) -> Filling:
    return Filling({} if given is None else given, Cursor(key, **rest))


def refused(reason: Reason, step: Any, filling: Filling, *rest: Any) -> Refused:
    """The step is refused for this reason, and the filling it was given is as it was."""
    before = deepcopy(filling)
    with pytest.raises(Refused) as caught:
        step(filling, COMPETITION, *rest)
    assert caught.value.reason is reason
    assert filling == before
    return caught.value


# The cursor


@pytest.mark.parametrize(
    "cursor",
    [Cursor("surname"), Cursor("phone", review=True), Cursor("budget", 2, "price"), Cursor("plan", 0, None, True)],
)
def test_a_cursor_is_read_as_it_was_written(cursor: Cursor) -> None:
    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "end", "no_such_question", "gone.1.price@review"])
def test_what_names_no_question_is_the_end(text: str) -> None:
    assert Cursor.read(text) == Cursor()


# Beginning


def test_a_form_begins_with_the_first_question() -> None:
    assert steps.begin({}, COMPETITION) == Filling({}, Cursor("surname"))


def test_what_the_check_tells_is_carried_over_if_it_fits() -> None:
    told = {
        "citizenship": "kazakhstan",
        "birth_date": "2003-05-04",
        "region": "79",
        "registration": "permanent",
        "registered_long": "yes",
        "working": "sometimes",
    }
    begun = steps.begin(told, COMPETITION)
    assert begun.answers == {key: told[key] for key in ("birth_date", "citizenship", "region", "registration")}


@pytest.mark.parametrize(("key", "value"), [("region", "elsewhere"), ("region", "10"), ("birth_date", "May")])
def test_what_does_not_fit_is_asked(key: str, value: str) -> None:
    assert steps.begin({key: value}, COMPETITION).answers == {}


# Answering


def test_an_option_is_chosen_and_the_next_question_asked() -> None:
    assert steps.choose(at("sex"), COMPETITION, "sex", "male") == at("citizenship", {"sex": "male"})


def test_a_carried_answer_is_not_asked_again() -> None:
    known = {"citizenship": "kazakhstan"}
    assert steps.choose(at("sex", known), COMPETITION, "sex", "male").cursor == Cursor("phone")


def test_old_and_wrong_buttons() -> None:
    refused(Reason.OLD_BUTTON, steps.choose, at("phone"), "sex", "male")
    refused(Reason.NOT_A_CHOICE, steps.choose, at("sex"), "sex", "other")
    refused(Reason.NOT_A_CHOICE, steps.choose, at("region"), "region", "10")
    refused(Reason.NOT_A_CHOICE, steps.choose, at("surname"), "surname", "Ысқақова")
    refused(Reason.OLD_BUTTON, steps.choose, at(""), "", "")
    refused(Reason.OLD_BUTTON, steps.skip, at("surname"), "surname")
    refused(Reason.OLD_BUTTON, steps.keep, at("surname"), "surname")
    refused(Reason.OLD_BUTTON, steps.back, at("name"), "surname")


def test_ticks_are_taken_and_taken_away_in_the_order_of_the_form_and_twice_is_once() -> None:
    filling = at("vulnerable_groups")
    for option, on in (("rural", True), ("orphan", True), ("rural", False), ("low_income", True)):
        for _press in range(2):
            filling = steps.tick(filling, COMPETITION, "vulnerable_groups", option, on=on)
    assert filling == at("vulnerable_groups", {"vulnerable_groups": ["low_income", "orphan"]})


def test_none_of_these_goes_alone() -> None:
    filling = at("vulnerable_groups", {"vulnerable_groups": ["orphan"]})
    filling = steps.tick(filling, COMPETITION, "vulnerable_groups", "none", on=True)
    assert filling.answers == {"vulnerable_groups": ["none"]}
    filling = steps.tick(filling, COMPETITION, "vulnerable_groups", "rural", on=True)
    assert filling.answers == {"vulnerable_groups": ["rural"]}


def test_ticks_are_finished_once_there_is_one() -> None:
    refused(Reason.NOTHING_TICKED, steps.finish_ticks, at("earlier_programmes"), "earlier_programmes")
    football = partial(steps.tick, on=True)
    refused(Reason.NOT_A_CHOICE, football, at("earlier_programmes"), "earlier_programmes", "football")
    filling = steps.tick_all(at("earlier_programmes"), COMPETITION, "earlier_programmes", ["other", "zhasyl_el"])
    filling = steps.finish_ticks(filling, COMPETITION, "earlier_programmes")
    assert filling == at("earlier_other", {"earlier_programmes": ["zhasyl_el", "other"]})


def test_an_optional_question_is_skipped() -> None:
    assert steps.skip(at("patronymic"), COMPETITION, "patronymic") == at("iin", {"patronymic": None})


def test_after_the_last_answer_comes_what_was_left_before_and_then_the_end() -> None:
    filling = at("funded_elsewhere", answers("email", "funded_elsewhere"))
    filling = steps.choose(filling, COMPETITION, "funded_elsewhere", "no")
    assert filling.cursor == Cursor("email")
    assert steps.skip(filling, COMPETITION, "email").cursor == Cursor()


# Back and forth


def test_back_and_leaving_as_it_is_returns_to_where_one_was() -> None:
    filling = at("patronymic", {"surname": "Ысқақова", "name": "Айгерім"})
    filling = steps.back(filling, COMPETITION, "patronymic")
    filling = steps.back(filling, COMPETITION, "name")
    assert filling.cursor == Cursor("surname")
    assert steps.back(filling, COMPETITION, "surname").cursor == Cursor("surname")
    assert steps.keep(filling, COMPETITION, "surname").cursor == Cursor("patronymic")


def test_back_from_the_end_is_the_last_question() -> None:
    assert steps.back(Filling(ANSWERS, Cursor()), COMPETITION, "end").cursor == Cursor("funded_elsewhere")


def test_an_edit_returns_to_the_review() -> None:
    filling = steps.edit(Filling(ANSWERS, Cursor()), COMPETITION, "sex")
    assert filling.cursor == Cursor("sex", review=True)
    assert steps.choose(filling, COMPETITION, "sex", "male").cursor == Cursor(review=True)
    assert steps.back(filling, COMPETITION, "sex@review").cursor == Cursor(review=True)


def test_an_edit_asks_first_what_it_opens() -> None:
    filling = steps.edit(Filling(answers("unemployed_for", working="yes"), Cursor()), COMPETITION, "working")
    filling = steps.choose(filling, COMPETITION, "working", "no")
    assert filling.cursor == Cursor("unemployed_for", review=True)
    filling = steps.choose(filling, COMPETITION, "unemployed_for", "more")
    assert filling.cursor == Cursor(review=True)


def test_an_edit_in_an_unfinished_form_returns_to_the_review_too() -> None:
    filling = steps.edit(Filling({"surname": "Ысқақова"}, Cursor("name")), COMPETITION, "surname")
    assert steps.put(filling, COMPETITION, "Оспанова").cursor == Cursor(review=True)


def test_only_what_is_asked_can_be_edited() -> None:
    refused(Reason.NOT_FOUND, steps.edit, Filling(answers(working="yes"), Cursor()), "unemployed_for")
    refused(Reason.NOT_FOUND, steps.edit, Filling(ANSWERS, Cursor()), "password")


# Doubts


def test_what_waits_becomes_the_answer_or_is_forgotten() -> None:
    waits = steps.wait(at("iin"), Pending("iin", "030504200019", Doubt.READ_BACK))
    assert steps.confirm(waits, COMPETITION, "iin") == at("birth_date", {"iin": "030504200019"})
    assert steps.deny(waits, COMPETITION, "iin") == at("iin")


def test_only_what_waits_for_a_yes_can_be_confirmed() -> None:
    refused(Reason.OLD_BUTTON, steps.confirm, at("iin"), "iin")
    refused(Reason.OLD_BUTTON, steps.deny, at("iin"), "iin")
    for doubt in (Doubt.LONG_AWAY, Doubt.CUT):
        hello = steps.wait(at("surname"), Pending("surname", "Сәлем", doubt))
        refused(Reason.OLD_BUTTON, steps.confirm, hello, "surname")
    elsewhere = replace(at("phone"), pending=Pending("iin", "030504200019", Doubt.READ_BACK))
    refused(Reason.OLD_BUTTON, steps.confirm, elsewhere, "iin")


# Another version of the competition


def test_a_version_without_the_region_asks_for_it_again() -> None:
    other = replace(COMPETITION, quotas={"27": 28})
    settled = steps.settle(Filling(ANSWERS, Cursor()), other)
    assert settled.cursor == Cursor("region")
    assert settled.answers == answers("region")


def test_a_version_that_changes_nothing_asked_leaves_the_cursor() -> None:
    filling = Filling(answers("email"), Cursor("budget", 1, "price"))
    assert steps.settle(filling, replace(COMPETITION, maximum=500_000)) == filling


# Progress and completeness


def test_progress_and_position() -> None:
    assert progress(ANSWERS, COMPETITION).done == progress(ANSWERS, COMPETITION).all == len(FORM)
    assert (progress({}, COMPETITION, (1, 4)).done, progress({}, COMPETITION, (1, 4)).all) == (1, len(FORM) - 1 + 4)
    assert position(Cursor("name"), {}, COMPETITION) == (2, len(FORM) - 1)


def test_sending_wants_everything_and_a_budget_that_fits() -> None:
    require_complete(ANSWERS, COMPETITION)
    with pytest.raises(Refused) as caught:
        require_complete(answers("goal", "sex"), COMPETITION)
    assert (caught.value.reason, caught.value.facts) == (Reason.INCOMPLETE, {"keys": ("sex", "goal")})
    dear = [{"item": "Станок", "quantity": 2, "price": 500_001}]
    with pytest.raises(Refused) as caught:
        require_complete(answers(budget=dear), COMPETITION)
    assert caught.value.reason is Reason.OVER_MAXIMUM
    assert caught.value.facts == {"total": 1_000_002, "maximum": 1_000_000}


# Any way through the form


def value_for(one: Question) -> st.SearchStrategy[Any]:
    if one.kind is Kind.CHOICE:
        return st.sampled_from(one.options)
    if one.kind is Kind.MANY:
        return st.lists(st.sampled_from(one.options), min_size=1, unique=True)
    if one.kind is Kind.TABLE:
        return st.lists(st.fixed_dictionaries({c.key: st.integers(1, 9) for c in one.columns}), min_size=1, max_size=3)
    return st.none() if one.optional else st.just("79" if one.kind is Kind.REGION else "2001-01-01")


def some_answers() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={one.key: value_for(one) for one in FORM})


@settings(deadline=None)  # the machine may be busy
@given(some_answers(), st.data())
def test_any_path_ends(known: dict[str, Any], data: st.DataObject) -> None:
    filling = Filling(known, first(known, COMPETITION))
    for _turn in range(len(FORM) + 1):
        if not filling.cursor.key:
            break
        one = question(filling.cursor.key)
        filling = steps.put(filling, COMPETITION, data.draw(value_for(one)))
    assert filling.cursor == Cursor()
    assert missing(filling.answers, COMPETITION) == ()


@settings(deadline=None)  # the machine may be busy
@given(some_answers(), st.lists(st.integers(0, 5), max_size=40))
def test_moving_about_never_loses_an_answer(known: dict[str, Any], moves: list[int]) -> None:
    filling = Filling(deepcopy(known), first(known, COMPETITION))
    for move in moves:
        before = deepcopy(filling)
        moved = step_for(move, filling)
        assert filling == before
        filling = moved or filling
        assert filling.answers == known
        keys = {one.key for one in path(filling.answers, COMPETITION)}
        assert filling.cursor.key in keys | {""}


def step_for(move: int, filling: Filling) -> Filling | None:
    key = filling.cursor.key
    ways = [
        partial(steps.back, place=str(filling.cursor)),
        partial(steps.keep, key=key),
        partial(steps.edit, key="sex"),
        partial(tables.add_row, key=key),
        partial(tables.finish_table, key=key),
        partial(steps.deny, key=key),
    ]
    try:
        return ways[move](filling, COMPETITION)
    except Refused:
        return None


def test_following_goes_forward_and_then_around() -> None:
    given_answers = answers("surname", "goal")
    assert following("title", given_answers, COMPETITION) == Cursor("goal")
    assert following("goal", answers("surname"), COMPETITION) == Cursor("surname")


def test_what_waits_for_a_yes_goes_with_its_question_when_a_new_version_asks_another() -> None:
    waits = Pending("iin", ANSWERS["iin"], Doubt.READ_BACK)
    filling = Filling(ANSWERS, Cursor("iin", review=True), waits)
    other = replace(COMPETITION, quotas={"27": 28})
    assert steps.settle(filling, other) == Filling(answers("region"), Cursor("region"))
    assert steps.settle(filling, replace(COMPETITION, maximum=500_000)) == filling
