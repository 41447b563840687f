"""One step in filling the form: the draft is loaded and held, the step is made on a copy, the result saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from domain.competition import Competition
from domain.draft import Doubt, Filling, Pending
from domain.draft_steps import put, wait
from domain.draft_tables import add_row, cell_asked, put_cell
from domain.form import Kind, Question, question
from domain.local_time import local_day
from domain.person import Person
from domain.reading import Known, Reading, length, read, read_cell
from domain.refusal import Reason, Refused
from usecases.competitions import require_open
from usecases.drafts import Draft, open_draft, save
from usecases.order import order
from usecases.work import Work

AWAY = timedelta(hours=12)  # words after this long may be only a hello
CUT_FROM = 4000  # characters: Telegram cuts what is longer than 4096 into several messages
NEXT_PART_WITHIN = timedelta(seconds=15)

Step = Callable[[Filling, Competition], Filling]


def writable(work: Work, person: Person) -> Draft:
    """The draft that may be written in now, held. Refused: NOT_FOUND, NOT_OPEN, INTAKE_CLOSED."""
    draft = open_draft(work, person)
    if draft is None:
        raise Refused(Reason.NOT_FOUND)
    require_open(draft.competition, work.now)
    return draft


def take(work: Work, draft: Draft, step: Step) -> Draft:
    """Make one step. Refused as the step refuses."""
    return save(work, draft, step(draft.filling, draft.competition.competition))


def touch(work: Work, draft: Draft) -> Draft:
    """The person has seen where the draft stands: what they type next is meant for it."""
    return save(work, draft, draft.filling)


def is_away(work: Work, draft: Draft) -> bool:
    """Whether so long has passed that words may be only a hello."""
    return bool(draft.cursor.key) and work.now - draft.touched_at >= AWAY


def keep_words(work: Work, draft: Draft, text: str) -> Draft:
    """Words after a long pause: no answer yet, but kept (sealed) in case they are one."""
    return save(work, draft, wait(draft.filling, Pending(draft.cursor.key, text, Doubt.LONG_AWAY)))


def kept_words(draft: Draft, key: str) -> str:
    """The words kept after a long pause at this question. Refused: OLD_BUTTON when there are none."""
    pending = draft.pending
    if pending is None or (pending.key, pending.doubt) != (key, Doubt.LONG_AWAY) or draft.cursor.key != key:
        raise Refused(Reason.OLD_BUTTON)
    return str(pending.value)


def take_words(work: Work, draft: Draft, text: str) -> Draft:
    """Words typed at the question asked now: its answer, or something to ask about first (`pending`).

    Refused with the reasons of the question's kind. A text so long that Telegram cut it is not refused but
    waits as CUT, so that its next parts are not taken for answers.
    """
    if _next_part(work, draft):
        return touch(work, draft)
    try:
        return save(work, draft, _after_words(work, draft, text))
    except Refused as refused:
        if refused.reason is not Reason.TOO_LONG or length(text) < CUT_FROM:
            raise
        return save(work, draft, wait(draft.filling, Pending(draft.cursor.key, dict(refused.facts), Doubt.CUT)))


def take_contact(work: Work, draft: Draft, phone: str, *, own: bool) -> Draft:
    """A contact card sent at a phone question; somebody else's is asked about where the own number is wanted.

    Refused: WORDS_WANTED at another question, NOT_A_PHONE.
    """
    one = _asked(draft)
    if one.kind is not Kind.PHONE:
        raise Refused(Reason.WORDS_WANTED)
    reading = _read(work, draft, phone)
    if one.own and not own:
        reading = Reading(reading.value, Doubt.OTHERS_CONTACT)
    return save(work, draft, _after_reading(draft, reading))


def _asked(draft: Draft) -> Question:
    if not draft.cursor.key:
        raise Refused(Reason.NOT_A_CHOICE)
    return question(draft.cursor.key)


def _after_words(work: Work, draft: Draft, text: str) -> Filling:
    if _asked(draft).kind is not Kind.TABLE:
        return _after_reading(draft, _read(work, draft, text))
    filling, competition = draft.filling, draft.competition.competition
    if filling.cursor.row is None:
        filling = add_row(filling, competition, filling.cursor.key)
    column = cell_asked(filling)
    if column is None:
        raise Refused(Reason.NOT_A_CHOICE)
    return put_cell(filling, competition, read_cell(column, text))


def _read(work: Work, draft: Draft, text: str) -> Reading:
    competition = draft.competition.competition
    known = Known(draft.answers, local_day(work.now), order().regions, tuple(competition.quotas))
    return read(_asked(draft), text, known)


def _after_reading(draft: Draft, reading: Reading) -> Filling:
    if reading.doubt:
        return wait(draft.filling, Pending(draft.cursor.key, reading.value, reading.doubt))
    return put(replace(draft.filling, pending=None), draft.competition.competition, reading.value)


def _next_part(work: Work, draft: Draft) -> bool:
    """Whether this is the next part of a message that Telegram cut."""
    pending = draft.pending
    since = work.now - draft.touched_at  # negative once the machine's clock was set back
    return bool(pending and pending.doubt is Doubt.CUT and timedelta() <= since <= NEXT_PART_WITHIN)
