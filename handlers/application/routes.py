"""From "Apply" to the last question: each function answers one thing the person does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from aiogram.types import Message

from domain import draft_steps as steps
from domain import draft_tables as tables
from domain.choice_words import yes_said
from domain.draft import Doubt
from domain.form import Kind, question
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.application import buttons as b
from handlers.application.entry import (
    CANCEL,
    REGION,
    ask_discard,
    came_to_apply,
    chose_region,
    discard,
    discard_typed,
    pause,
    redraw,
    region_typed,
)
from handlers.application.going import after, here, writing
from handlers.conversation import Conversation, Press, Turn
from handlers.option_words import option_meant, options_meant, says_skip
from handlers.screen import Reply
from handlers.shared_buttons import EditAnswer, ToApplication
from usecases import fill_draft as fill
from usecases.drafts import Draft
from usecases.fill_draft import Step


def conversation() -> Conversation:
    return Conversation(
        place=Place.APPLICATION,
        commands={"apply": came_to_apply, "cancel": ask_discard},
        presses={
            ToApplication: came_to_apply,
            b.GoOn: came_to_apply,
            b.ChooseRegion: chose_region,
            b.Choose: _step(lambda data: partial(steps.choose, key=data.key, option=data.option)),
            b.Tick: _step(lambda data: partial(steps.tick, key=data.key, option=data.option, on=data.on)),
            b.Ticked: _step(lambda data: partial(steps.finish_ticks, key=data.key)),
            b.Skip: _step(lambda data: partial(steps.skip, key=data.key)),
            b.Keep: _step(lambda data: partial(steps.keep, key=data.key)),
            b.Back: _step(lambda data: partial(steps.back, place=data.place)),
            b.Confirm: _step(lambda data: partial(steps.confirm, key=data.key)),
            b.Deny: _step(lambda data: partial(steps.deny, key=data.key)),
            b.TakeWords: take_kept_words,
            EditAnswer: _step(lambda data: partial(steps.edit, key=data.key)),
            b.AddRow: _step(lambda data: partial(tables.add_row, key=data.key)),
            b.OpenRow: _step(lambda data: partial(tables.open_row, key=data.key, row_mark=data.mark)),
            b.EditCell: _step(
                lambda data: partial(tables.edit_cell, key=data.key, row_mark=data.mark, column=data.column)
            ),
            b.RemoveRow: _step(lambda data: partial(tables.remove_row, key=data.key, row_mark=data.mark)),
            b.FinishTable: _step(lambda data: partial(tables.finish_table, key=data.key)),
            b.TurnPage: turn_page,
            b.Pause: pause,
            b.Discard: discard,
        },
        words=words,
        content=content,
        redraw=redraw,
    )


def words(turn: Turn, message: Message) -> Reply:
    """Typed words: the answer to what is asked now, unless so long has passed that they may be a hello."""
    text = message.text or ""
    if turn.person.focus == REGION:
        return region_typed(turn, text)
    draft = writing(turn)
    if turn.person.focus == CANCEL:
        return discard_typed(turn, draft, text)
    if fill.is_away(turn.work, draft):
        return after(turn, draft, fill.keep_words(turn.work, draft, text))
    return _typed(turn, draft, text)


def take_kept_words(turn: Turn, data: b.TakeWords) -> Reply:
    """What was typed after a long pause was the answer after all."""
    draft = writing(turn)
    return _typed(turn, draft, fill.kept_words(draft, data.key))


def content(turn: Turn, message: Message) -> Reply:
    """A contact card at a phone question; whatever else is no answer. Refused: WORDS_WANTED."""
    draft = writing(turn)
    contact = message.contact
    if contact is None:
        raise Refused(Reason.WORDS_WANTED)
    own = contact.user_id == turn.person.telegram_id
    return after(turn, draft, fill.take_contact(turn.work, draft, contact.phone_number, own=own))


def turn_page(turn: Turn, data: b.TurnPage) -> Reply:
    """Another page of a table's rows. Refused(OLD_BUTTON) when the table is not what is asked now."""
    draft = writing(turn)
    if (draft.cursor.key, draft.cursor.row) != (data.key, None):
        raise Refused(Reason.OLD_BUTTON)
    return here(turn, fill.touch(turn.work, draft), data.page)


def _step(make: Callable[[Any], Step]) -> Press:
    """The answer to a button that means one step of the form."""

    def press(turn: Turn, data: Any) -> Reply:
        draft = writing(turn)
        return after(turn, draft, fill.take(turn.work, draft, make(data)))

    return press


def _typed(turn: Turn, draft: Draft, text: str) -> Reply:
    step = _step_meant(draft, text)
    taken = fill.take(turn.work, draft, step) if step else fill.take_words(turn.work, draft, text)
    return after(turn, draft, taken)


def _step_meant(draft: Draft, text: str) -> Step | None:
    """The button that the words stand for; None where words themselves are the answer. Refused: NOT_A_CHOICE."""
    if not draft.cursor.key:
        raise Refused(Reason.NOT_A_CHOICE)
    one = question(draft.cursor.key)
    waits = draft.pending is not None and draft.pending.doubt not in (Doubt.LONG_AWAY, Doubt.CUT)
    if waits and (answer := yes_said(text)) is not None:
        return partial(steps.confirm if answer else steps.deny, key=one.key)
    if one.optional and says_skip(text):
        return partial(steps.skip, key=one.key)
    if one.kind is Kind.CHOICE:
        return partial(steps.choose, key=one.key, option=option_meant(one.key, text) or "")
    if one.kind is Kind.MANY:
        return partial(steps.tick_all, key=one.key, options=_ticks(one.key, text))
    return None


def _ticks(key: str, text: str) -> list[str]:
    options = options_meant(key, text)
    if not options:
        raise Refused(Reason.NOT_A_CHOICE)
    return options
