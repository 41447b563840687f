"""The screens of the form: one question, its buttons, and what is asked about before it is taken."""

from __future__ import annotations

from aiogram import html

from domain.draft import Doubt, position
from domain.draft_tables import cell_asked
from domain.form import Kind, Question, answered, question
from handlers.answer_words import answer_text, option_title, region_name, section_title
from handlers.application import doubt_screens, table_screens
from handlers.application.buttons import Back, Choose, Keep, Pause, Skip, Tick, Ticked
from handlers.application.texts_address import ADDRESS
from handlers.application.texts_person import PERSON
from handlers.application.texts_project import PROJECT
from handlers.application.words import Asking
from handlers.language import _
from handlers.screen import Button, Rows, Screen, button, in_columns, rows
from usecases.drafts import Draft

ASKINGS: dict[str, Asking] = {**PERSON, **ADDRESS, **PROJECT}
BAR = 10  # squares of the progress bar
WIDE = 22  # characters: longer labels stand on a line of their own


def asked(draft: Draft, page: int | None = None) -> tuple[Screen, ...]:
    """The question asked now; a phone question also has a keyboard button, in a message of its own.

    `page`: of a table's rows; the last one unless told.
    """
    one = question(draft.cursor.key)
    if draft.pending and draft.pending.doubt not in (Doubt.LONG_AWAY, Doubt.CUT):
        return (doubt_screens.doubt(draft.pending, draft, navigation(draft, one)),)
    text, buttons = _body(draft, one, page)
    if draft.pending and draft.pending.doubt is Doubt.LONG_AWAY:
        text = f"{doubt_screens.long_away()}\n\n{text}"
        buttons = (*rows(doubt_screens.take_words(draft.pending)), *buttons)
    screen = Screen(f"{heading(draft, one)}\n\n{text}", (*buttons, *navigation(draft, one)))
    return (screen, _contact()) if one.own and not draft.assistance else (screen,)


def heading(draft: Draft, one: Question) -> str:
    """Section and progress."""
    number, of = position(draft.cursor, draft.answers, draft.competition.competition)
    filled = round(BAR * number / of)
    return f"{section_title(one.section)} · {number}/{of}\n{'▰' * filled}{'▱' * (BAR - filled)}"


def navigation(draft: Draft, one: Question) -> Rows:
    """What stands under every question: leave as it is, skip, back, pause."""
    number, _of = position(draft.cursor, draft.answers, draft.competition.competition)
    plain = one.kind not in (Kind.MANY, Kind.TABLE)
    keep = plain and one.key in draft.answers and answered(one, draft.answers)
    back = number > 1 or draft.cursor.review or draft.cursor.row is not None
    return rows(
        button(_("Leave as it is"), Keep(key=one.key)) if keep else None,
        button(_("Skip"), Skip(key=one.key)) if one.optional and draft.answers.get(one.key) is None else None,
        tuple(
            each
            for each in (
                button(_("Back"), Back(place=str(draft.cursor))) if back else None,
                button(_("Pause"), Pause()),
            )
            if each
        ),
    )


def _body(draft: Draft, one: Question, page: int | None) -> tuple[str, Rows]:
    if one.kind is Kind.TABLE:
        if cell_asked(draft.filling):
            return table_screens.cell(draft), ()
        return table_screens.row(draft) if draft.cursor.row is not None else table_screens.rows_of(draft, one, page)
    return _question(draft, one), _options(draft, one)


def _question(draft: Draft, one: Question) -> str:
    lines = [asking_text(ASKINGS[one.key])]
    value = draft.answers.get(one.key)
    if one.key in draft.answers and one.kind is not Kind.MANY:
        lines.append(_("Your answer now: {answer}").format(answer=html.quote(answer_text(one.key, value))))
    return "\n\n".join(lines)


def asking_text(asking: Asking) -> str:
    """Question, help, example."""
    return _("<b>{question}</b>\n{help}\n\n<i>For example: {example}</i>").format(
        question=asking.ask(), help=asking.help(), example=html.quote(asking.example())
    )


def _options(draft: Draft, one: Question) -> Rows:
    match one.kind:
        case Kind.CHOICE:
            return _lines([(option_title(one.key, each), Choose(key=one.key, option=each)) for each in one.options])
        case Kind.REGION:
            codes = draft.competition.competition.quotas
            return _lines([(region_name(kato), Choose(key=one.key, option=kato)) for kato in codes])
        case Kind.MANY:
            return _ticks(draft, one)
        case _other:
            return ()


def _lines(labels: list[tuple[str, Choose]]) -> Rows:
    """Two short labels a line; long ones each on its own, since Telegram cuts what does not fit."""
    columns = 1 if len(labels) < 3 or any(len(label) > WIDE for label, _data in labels) else 2
    return in_columns([button(label, data) for label, data in labels], columns)


def _ticks(draft: Draft, one: Question) -> Rows:
    ticked = draft.answers.get(one.key) or ()
    buttons = [
        button(f"{'✅' if on else '▫️'} {option_title(one.key, each)}", Tick(key=one.key, option=each, on=not on))
        for each in one.options
        for on in [each in ticked]
    ]
    done: Button | None = button(_("Done"), Ticked(key=one.key)) if ticked else None
    return (*in_columns(buttons, 1), *rows(done))


def _contact() -> Screen:
    return Screen(
        _("Or press the button under the message field: your number comes by itself."), contact=_("Share my number")
    )
