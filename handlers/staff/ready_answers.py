"""Ready answers at a glance: what each button and each typed word does; an answer is written step by step."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from aiogram.filters.callback_data import CallbackData

from domain.person import Place
from domain.refusal import Refused
from handlers.conversation import Press, Turn
from handlers.language import _
from handlers.screen import Reply, reply
from handlers.staff.ready_answer_screens import (
    ALL,
    ASKED,
    DropReadyAnswer,
    NewReadyAnswer,
    ToReadyAnswer,
    ToReadyAnswers,
    UseReadyAnswer,
    WriteReadyAnswer,
    asked,
    card,
    lot_of,
    of_a_lot,
    sure,
    which_lot,
)
from usecases.write_ready_answers import (
    FIELDS,
    ReadyAnswer,
    answer_for,
    answers_for,
    begin,
    lots_written_for,
    missing,
    put_in_use,
    take_out,
    to_write,
    write,
)

FOCUS = "ready:"  # "ready:12:text_kk": this of draft 12 is being written


def see_answers(turn: Turn, data: ToReadyAnswers) -> Reply:
    """The answers of a lot; with several lots, which."""
    lots = lots_written_for(turn.work, turn.person)
    turn.go(Place.WORK)
    if not data.lot and len(lots) > 1:
        return reply(which_lot(lots))
    lot = lot_of(data.lot) if data.lot else lots[0]
    return reply(of_a_lot(lot, answers_for(turn.work, turn.person, lot), data.page))


def see_answer(turn: Turn, data: ToReadyAnswer) -> Reply:
    one = answer_for(turn.work, turn.person, data.id)
    turn.go(Place.WORK)
    return card(one)


def new(turn: Turn, data: NewReadyAnswer) -> Reply:
    """Begin; pressed twice, there is still one draft."""
    lot = lot_of(data.lot)
    return _ask(turn, _just_begun(turn, lot) or begin(turn.work, turn.person, lot), "title_kk")


def write_anew(turn: Turn, data: WriteReadyAnswer) -> Reply:
    """Of one in use, in another version of it."""
    one = to_write(turn.work, turn.person, data.id)
    return _ask(turn, one, data.field if data.field in ASKED else "title_kk")


def use(turn: Turn, data: UseReadyAnswer) -> Reply:
    one = put_in_use(turn.work, turn.person, data.id)
    return see_answers(turn, ToReadyAnswers(lot=one.lot or ALL)).noting(_("In use: operators can send it now."))


def drop(turn: Turn, data: DropReadyAnswer) -> Reply:
    """Ask, then do it."""
    if not data.sure:
        one = answer_for(turn.work, turn.person, data.id)
        turn.go(Place.WORK)
        return reply(sure(one))
    gone = take_out(turn.work, turn.person, data.id)
    note = _("The draft is gone.") if gone.draft else _("Out of use: operators can send it no more.")
    return see_answers(turn, ToReadyAnswers(lot=gone.lot or ALL)).noting(note)


def take_words(turn: Turn, text: str) -> Reply:
    """What was asked for was written: the next thing is asked for, or all of it is shown."""
    _focus, key, field = turn.person.focus.split(":")
    one = write(turn.work, turn.person, int(key), field, text)
    if left := missing(one):
        return _ask(turn, one, left[0])
    turn.go(Place.WORK)
    return card(one)


def redraw(turn: Turn) -> Reply | None:
    """The wish for what is being written, as long as it may be: not once a colleague has put it in use."""
    _focus, key, field = turn.person.focus.split(":")
    with suppress(Refused):
        one = answer_for(turn.work, turn.person, int(key))
        return reply(asked(one, field)) if one.draft else None
    return None


def _just_begun(turn: Turn, lot: str) -> ReadyAnswer | None:
    """The draft of this lot for which nothing was written yet, while its first words are asked for."""
    if not turn.person.focus.startswith(FOCUS):
        return None
    with suppress(Refused):
        one = answer_for(turn.work, turn.person, int(turn.person.focus.split(":")[1]))
        return one if one.draft and one.lot == lot and set(missing(one)) == set(FIELDS) else None
    return None


def _ask(turn: Turn, one: ReadyAnswer, field: str) -> Reply:
    return turn.at(Place.WORK, f"{FOCUS}{one.id}:{field}")


PRESSES: Mapping[type[CallbackData], Press] = {
    ToReadyAnswers: see_answers,
    ToReadyAnswer: see_answer,
    NewReadyAnswer: new,
    WriteReadyAnswer: write_anew,
    UseReadyAnswer: use,
    DropReadyAnswer: drop,
}
