"""What is shown after a step: the next question, or the place where the form ends, with what must be said."""

from __future__ import annotations

from domain.draft import Doubt
from domain.forbidden import concerns_of
from domain.form import Kind, budget_total, question
from domain.form_rules import fits_rules
from domain.local_time import local_day
from domain.person import Place
from domain.refusal import Reason, Refused
from handlers.application import entry_screens, screens
from handlers.application.table_screens import over_maximum
from handlers.application.texts_concerns import warning
from handlers.conversation import Turn
from handlers.language import _
from handlers.refusals import refusal_words
from handlers.screen import Reply, Screen
from usecases import assist
from usecases.drafts import Draft
from usecases.fill_draft import writable


def writing(turn: Turn) -> Draft:
    """The draft that this step is made in, held: the person's own, or the one that they fill in for a caller.

    Refused as `fill_draft.writable`, `assist.writable`.
    """
    return (
        assist.writable(turn.work, turn.person, turn.assisting) if turn.assisting else writable(turn.work, turn.person)
    )


def after(turn: Turn, before: Draft, draft: Draft) -> Reply:
    """The answer to a step that led from `before` to `draft`."""
    shown, note = _shown(turn, before, draft), _note(turn, before, draft)
    return shown.noting(note) if note else shown


def here(turn: Turn, draft: Draft, page: int | None = None) -> Reply:
    """The question asked now; the end of the form when every question is answered."""
    if draft.assistance and not draft.cursor.key:
        return turn.at(Place.ASSIST, f"{draft.assistance}:all")
    turn.go(*((Place.ASSIST, str(draft.assistance)) if draft.assistance else (Place.APPLICATION, "")))
    if not draft.cursor.key:
        return Reply((entry_screens.finished(draft),))
    return Reply(screens.asked(draft, page))


def moved_note(draft: Draft) -> str | None:
    """What the organiser changed since the draft was last touched."""
    if not draft.moved:
        return None
    return entry_screens.moved(draft.touched_under.competition, draft.competition.competition)


def _shown(turn: Turn, before: Draft, draft: Draft) -> Reply:
    onward, focus = (Place.REVIEW, before.cursor.key) if draft.cursor.review else (Place.DOCUMENTS, "")
    if draft.assistance:
        onward, focus = Place.ASSIST, f"{draft.assistance}:all"
    shown = here(turn, draft) if draft.cursor.key else turn.at(onward, focus)
    return Reply((_keyboard_away(before, draft), *shown.screens)) if _had_keyboard(before, draft) else shown


def _note(turn: Turn, before: Draft, draft: Draft) -> str | None:
    given = _given(before, draft)
    notes = [
        moved_note(before),
        _cut(draft),
        _warned(given, draft),
        _unfit(turn, given, draft),
        _too_big(before, draft),
    ]
    return "\n\n".join(note for note in notes if note) or None


def _cut(draft: Draft) -> str | None:
    pending = draft.pending
    if pending is None or pending.doubt is not Doubt.CUT:
        return None
    return refusal_words(Refused(Reason.TOO_LONG, **pending.value))


def _given(before: Draft, draft: Draft) -> str:
    """The question that this step answered, with another answer than before; else an empty key."""
    key = before.cursor.key
    return key if key and before.answers.get(key) != draft.answers.get(key) else ""


def _warned(given: str, draft: Draft) -> str | None:
    """What the answer just given looks like; a table's own screen says it by itself."""
    if not given or question(given).kind is Kind.TABLE:
        return None
    found = concerns_of(given, draft.answers)
    return warning(found) if found else None


def _unfit(turn: Turn, given: str, draft: Draft) -> str | None:
    """That the answer does not meet the competition's rules: better now than after the last question."""
    if not given or fits_rules(given, draft.answers[given], draft.competition.competition, local_day(turn.work.now)):
        return None
    return _(
        "⚠️ By the rules of this competition this does not fit. Your answer is saved. “May I apply?” in the menu "
        "explains it, and there you can also ask a person to look."
    )


def _too_big(before: Draft, draft: Draft) -> str | None:
    """Said once more when the person leaves the budget, or changes it from the review."""
    left = before.cursor.key == "budget" and draft.cursor.key != "budget"
    return over_maximum(draft) if left and budget_total(draft.answers) else None


def _had_keyboard(before: Draft, draft: Draft) -> bool:
    key = before.cursor.key
    return bool(key) and question(key).own and draft.cursor.key != key and not draft.assistance


def _keyboard_away(before: Draft, draft: Draft) -> Screen:
    """Only a message without buttons of its own can take the contact keyboard away."""
    key = before.cursor.key
    given = draft.answers.get(key) is not None and draft.answers.get(key) != before.answers.get(key)
    return Screen(_("Thank you, the number is saved.") if given else _("Let us leave the number for now."), plain=True)
