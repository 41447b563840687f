"""Ready answers: those of a lot, one with both texts as authors read them, and writing one step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.person import Place
from domain.ready_answer import LONGEST_TEXT, LONGEST_TITLE, fill_in
from domain.refusal import Refused
from domain.regions import LANGUAGES
from handlers.conversation import Press, Turn
from handlers.language import _, words
from handlers.screen import Button, Reply, Screen, button, on_page, reply, rows
from handlers.shared_buttons import work_button
from handlers.staff.texts import lot_title
from usecases.write_ready_answers import (
    EVERY_LOT,
    FIELDS,
    ReadyAnswer,
    answer_for,
    answers_for,
    begin,
    lots_written_for,
    missing,
    put_in_use,
    said,
    take_out,
    to_write,
    write,
)

FOCUS = "ready:"  # "ready:12:text_kk": this of draft 12 is being written
PAGE = 10
ALL = "*"  # stands for EVERY_LOT in a button
SAMPLE_NAME, SAMPLE_NUMBER = "Айгерім", "T-19-5-2026-000001"


class ToReadyAnswers(CallbackData, prefix="w_ra"):
    """A lot's answers (ALL: those of every lot); empty: choose the lot where there are several."""

    lot: str = ""
    page: int = 0


class ToReadyAnswer(CallbackData, prefix="w_ra1"):
    """One, as authors read it."""

    id: int


class NewReadyAnswer(CallbackData, prefix="w_ran"):
    """Begin one."""

    lot: str


class WriteReadyAnswer(CallbackData, prefix="w_raw"):
    """Write this (usecases.write_ready_answers.FIELDS) anew."""

    id: int
    field: str


class UseReadyAnswer(CallbackData, prefix="w_rau"):
    """Put a draft in use."""

    id: int


class DropReadyAnswer(CallbackData, prefix="w_rad"):
    """Take it out of use, or throw a draft away; asked once more before that."""

    id: int
    sure: bool = False


CHANGES: Mapping[str, Callable[[], str]] = {
    "title_kk": lambda: _("✏️ Title in Kazakh"),
    "title_ru": lambda: _("✏️ Title in Russian"),
    "text_kk": lambda: _("✏️ Text in Kazakh"),
    "text_ru": lambda: _("✏️ Text in Russian"),
}
ASKED: Mapping[str, Callable[[], str]] = {
    "title_kk": lambda: _("Write the title in Kazakh: operators find the answer by it."),
    "title_ru": lambda: _("Write the title in Russian: operators find the answer by it."),
    "text_kk": lambda: _("Write the text in Kazakh, as the author shall read it."),
    "text_ru": lambda: _("Write the text in Russian, as the author shall read it."),
}
TONGUES: Mapping[str, Callable[[], str]] = {"kk": lambda: _("In Kazakh"), "ru": lambda: _("In Russian")}


def see_answers(turn: Turn, data: ToReadyAnswers) -> Reply:
    """The answers of a lot; with several lots, which."""
    lots = lots_written_for(turn.work, turn.person)
    turn.go(Place.WORK)
    if not data.lot and len(lots) > 1:
        ways = [button(_lot_words(lot)[:60], ToReadyAnswers(lot=lot or ALL)) for lot in lots]
        return reply(Screen(_("<b>📝 Ready answers</b>\n\nOf which lot?"), rows(*ways, work_button())))
    lot = _lot(data.lot) if data.lot else lots[0]
    return reply(_list(lot, answers_for(turn.work, turn.person, lot), data.page))


def see_answer(turn: Turn, data: ToReadyAnswer) -> Reply:
    one = answer_for(turn.work, turn.person, data.id)
    turn.go(Place.WORK)
    return _card(one)


def new(turn: Turn, data: NewReadyAnswer) -> Reply:
    """Begin; pressed twice, there is still one draft."""
    lot = _lot(data.lot)
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
        return reply(_sure(one))
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
    return _card(one)


def redraw(turn: Turn) -> Reply | None:
    """The wish for what is being written, as long as it may be."""
    _focus, key, field = turn.person.focus.split(":")
    try:
        return reply(_asked(answer_for(turn.work, turn.person, int(key)), field))
    except Refused:
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


def _lot(named: str) -> str:
    return EVERY_LOT if named == ALL else named


def _lot_words(lot: str) -> str:
    return lot_title(lot) if lot else _("All lots")


def _name(one: ReadyAnswer) -> str:
    return words(one.title) or one.title.kk or _("no title yet")


def _list(lot: str, found: tuple[ReadyAnswer, ...], page: int) -> Screen:
    shown, turns = on_page(found, page, PAGE, lambda there: ToReadyAnswers(lot=lot or ALL, page=there))
    head = _("<b>📝 Ready answers</b>\n{lot}").format(lot=html.quote(_lot_words(lot)))
    say = _("Operators send them with one press. ✏️ is a draft: nobody can send it yet.") if found else _("None yet.")
    buttons = [button(("✏️ " if one.draft else "") + _name(one), ToReadyAnswer(id=one.id)) for one in shown]
    begun = button(_("➕ New answer"), NewReadyAnswer(lot=lot or ALL))
    return Screen(f"{head}\n\n{say}", rows(*buttons, turns, begun, work_button()))


def _card(one: ReadyAnswer) -> Reply:
    """Both texts, each a message as long as it is; then what can be done."""
    return reply(*(_preview(one, language) for language in LANGUAGES), _ways(one), fresh=True)


def _preview(one: ReadyAnswer, language: str) -> Screen:
    title = html.quote(one.title.of(language) or _("no title yet"))
    text = html.quote(fill_in(one.text.of(language), SAMPLE_NAME, SAMPLE_NUMBER)) or _("Not written yet.")
    return Screen(f"<b>{TONGUES[language]()} · {title}</b>\n\n{text}")


def _ways(one: ReadyAnswer) -> Screen:
    if one.draft and one.replaces:
        say = _("A changed answer, not in use yet: until then operators send the one before.")
    elif one.draft:
        say = _("A draft: nobody can send it yet.")
    else:
        say = _("In use. A change becomes a draft first; operators send this one until you put the draft in use.")
    changes = [button(words_(), WriteReadyAnswer(id=one.id, field=field)) for field, words_ in CHANGES.items()]
    use_it = button(_("✅ Put in use"), UseReadyAnswer(id=one.id)) if one.draft and not missing(one) else None
    end = button(_("🗑 Throw the draft away") if one.draft else _("Take out of use"), DropReadyAnswer(id=one.id))
    text = _("{lot}. {state}\n\nThe name and the number above are an example.")
    return Screen(
        text.format(lot=html.quote(_lot_words(one.lot)), state=say),
        rows(use_it, tuple(changes[:2]), tuple(changes[2:]), end, _to_list(one)),
    )


def _asked(one: ReadyAnswer, field: str) -> Screen:
    parts = [f"<b>{ASKED[field]()}</b>"]
    if field.startswith("title"):
        parts.append(_("At most {count} characters.").format(count=LONGEST_TITLE))
    else:
        parts.append(
            _(
                "Where <code>{{name}}</code> stands, the author's name is put in, and the request's number for "
                "<code>{{number}}</code>. At most {count} characters."
            ).format(count=LONGEST_TEXT)
        )
    if now := said(one, field):
        parts.append(_("Now it is:") + f"\n<code>{html.quote(now)}</code>")
    back = button(_("Back"), ToReadyAnswer(id=one.id))
    return Screen("\n\n".join(parts), rows(back))


def _sure(one: ReadyAnswer) -> Screen:
    if one.draft:
        text, yes = _("Throw away the draft “{title}”?"), _("Yes, throw it away")
    else:
        text, yes = _("Take “{title}” out of use? Operators can send it no more."), _("Yes, take it out")
    keep = button(_("Back"), ToReadyAnswer(id=one.id))
    return Screen(
        text.format(title=html.quote(_name(one))), rows(button(yes, DropReadyAnswer(id=one.id, sure=True)), keep)
    )


def _to_list(one: ReadyAnswer) -> Button:
    return button(_("📝 Ready answers"), ToReadyAnswers(lot=one.lot or ALL))


PRESSES: Mapping[type[CallbackData], Press] = {
    ToReadyAnswers: see_answers,
    ToReadyAnswer: see_answer,
    NewReadyAnswer: new,
    WriteReadyAnswer: write_anew,
    UseReadyAnswer: use,
    DropReadyAnswer: drop,
}
