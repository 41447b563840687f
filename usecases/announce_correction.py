"""Other words for what was sent, and what a second person says of an announcement or of such a correction.

A large announcement's correction stands still, like the announcement before it, until somebody who had no hand in it
agrees: neither who was sent it nor who still waits gets words that one person alone has seen.
"""

from __future__ import annotations

from dataclasses import replace

from db import announcement_ledger
from domain.announcement import (
    IN_OUTBOX,
    OVER,
    Announcement,
    Before,
    Doing,
    Fate,
    Said,
    Stage,
    require_fit,
    require_stage,
)
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action
from usecases.announce import announcement_of, change, with_editor
from usecases.announce_approval import NOT_APPROVED, approval_above, ask_approval, askers, outside_quiet_hours, tell
from usecases.announce_sending import begun, move
from usecases.work import Work


def correct_sent(work: Work, person: Person, announcement_id: int, language: str, said: Said) -> Announcement:
    """Give what was sent in this language other words; files stay as they are. A large one waits for a second person.

    One that is held back is held back again afterwards: who has not been sent it yet will get the new words.
    Refused: NOT_A_STEP, NOBODY_MEANT when nobody has it any more, and as `require_fit`.
    """
    one = announcement_of(work, person, announcement_id)
    if one.before is None:
        _require_correctable(work, one)
    old = one.content.said.get(language)
    if old is None:
        raise Refused(Reason.NOT_A_STEP, state=one.stage.value)
    new = replace(said, media=old.media)
    require_fit(new)
    content = replace(one.content, said={**one.content.said, language: new})
    before = one.before or Before(one.content, one.stage, one.edited_by, person.id)
    changed = change(work, one, content=content.kept(), edited_by=with_editor(one, person))
    if one.before is None and (one.size or 0) <= approval_above(work, one):
        return _started(work, changed)
    asked = change(work, changed, stage=Stage.ASKED, before=replace(before, by=person.id).kept())
    ask_approval(work, asked)
    return asked


def _require_correctable(work: Work, one: Announcement) -> None:
    require_stage(one.stage, *OVER, Stage.PAUSED)
    if one.stage is Stage.PAUSED and one.doing is Doing.DELETE:
        raise Refused(Reason.NOT_A_STEP, state=one.stage.value)
    if one.stage in OVER and not _reached(work, one):
        raise Refused(Reason.NOBODY_MEANT)


def _started(work: Work, one: Announcement) -> Announcement:
    """The correction goes to whoever was sent it; while nobody was, only the words are others."""
    return begun(work, one, Doing.CORRECT) if _reached(work, one) else one


def _reached(work: Work, one: Announcement) -> bool:
    """Whether anybody was sent it, or is just being sent it."""
    return bool(announcement_ledger.fates(work.session, one.id).keys() & {Fate.SENT, *IN_OUTBOX})


def approve(work: Work, person: Person, announcement_id: int, mark: str) -> Announcement:
    """Somebody who had no hand in it agrees to what they were shown: it goes at its time, its correction at once.

    `mark`: the announcement's when it was shown. Refused: OWN_ANNOUNCEMENT, NOT_ALLOWED, NOT_A_STEP, CHANGED_SINCE.
    """
    one = _asked(work, person, announcement_id, mark)
    _tell_makers(work, one, "approved")
    if one.before is not None:
        return _started(work, change(work, one, stage=one.before.stage, before=None, approved_by=person.id))
    planned = outside_quiet_hours(work, one.planned_at)
    approved = {"approved_by": person.id, "approved_size": one.size}
    return change(work, one, stage=Stage.PLANNED, planned_at=planned, **approved)


def send_back(work: Work, person: Person, announcement_id: int, mark: str) -> Announcement:
    """A second person does not agree: it is a draft again, or says what it said before the correction.

    Refused as `approve`.
    """
    one = _asked(work, person, announcement_id, mark)
    if one.before is not None:
        _tell_makers(work, one, "sent_back_correction")
        return _as_before(work, one, one.before)
    _tell_makers(work, one, "sent_back")
    return change(work, one, stage=Stage.DRAFT)


def take_back(work: Work, person: Person, announcement_id: int) -> Announcement:
    """Before it has begun: a draft again, and whatever was approved is approved no more. A correction: never made."""
    one = announcement_of(work, person, announcement_id)
    if one.before is not None:
        return _as_before(work, one, one.before)
    return move(work, person, announcement_id, Stage.DRAFT, **NOT_APPROVED)


def _as_before(work: Work, one: Announcement, before: Before) -> Announcement:
    old = {"content": before.content.kept(), "edited_by": list(before.edited_by)}
    return change(work, one, stage=before.stage, before=None, **old)


def _asked(work: Work, person: Person, announcement_id: int, mark: str) -> Announcement:
    one = announcement_of(work, person, announcement_id, Action.APPROVE_ANNOUNCEMENT)
    if person.id in one.makers:
        raise Refused(Reason.OWN_ANNOUNCEMENT)
    require_stage(one.stage, Stage.ASKED)
    if one.mark != mark:
        raise Refused(Reason.CHANGED_SINCE)
    return one


def _tell_makers(work: Work, one: Announcement, event: str) -> None:
    for number in askers(one):
        tell(work, one, number, event)
