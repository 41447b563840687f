"""The screens of ready answers: those of a lot, one with both texts as authors read them, what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.ready_answer import LONGEST_TEXT, LONGEST_TITLE, fill_in
from domain.regions import LANGUAGES
from handlers.language import _, speaking, words
from handlers.screen import Button, Reply, Screen, button, on_page, reply, rows
from handlers.shared_buttons import work_button
from handlers.staff.texts import lot_title
from usecases.write_ready_answers import EVERY_LOT, ReadyAnswer, missing, said

PAGE = 10
ALL = "*"  # stands for EVERY_LOT in a button
SAMPLE_NUMBER = "T-19-5-2026-000001"


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


def lot_of(named: str) -> str:
    return EVERY_LOT if named == ALL else named


def _lot_words(lot: str) -> str:
    return lot_title(lot) if lot else _("All lots")


def _name(one: ReadyAnswer) -> str:
    return words(one.title) or one.title.kk or _("no title yet")


def which_lot(lots: Sequence[str]) -> Screen:
    ways = [button(_lot_words(lot)[:60], ToReadyAnswers(lot=lot or ALL)) for lot in lots]
    return Screen(_("<b>📝 Ready answers</b>\n\nOf which lot?"), rows(*ways, work_button()))


def of_a_lot(lot: str, found: tuple[ReadyAnswer, ...], page: int) -> Screen:
    shown, turns = on_page(found, page, PAGE, lambda there: ToReadyAnswers(lot=lot or ALL, page=there))
    head = _("<b>📝 Ready answers</b>\n{lot}").format(lot=html.quote(_lot_words(lot)))
    say = _("Operators send them with one press. ✏️ is a draft: nobody can send it yet.") if found else _("None yet.")
    buttons = [button(("✏️ " if one.draft else "") + _name(one), ToReadyAnswer(id=one.id)) for one in shown]
    begun = button(_("➕ New answer"), NewReadyAnswer(lot=lot or ALL))
    return Screen(f"{head}\n\n{say}", rows(*buttons, turns, begun, work_button()))


def card(one: ReadyAnswer) -> Reply:
    """Both texts, each a message as long as it is; then what can be done."""
    return reply(*(_preview(one, language) for language in LANGUAGES), _ways(one), fresh=True)


def _preview(one: ReadyAnswer, language: str) -> Screen:
    title = html.quote(one.title.of(language) or _("no title yet"))
    with speaking(language):
        name = _("Aigerim")
    text = html.quote(fill_in(one.text.of(language), name, SAMPLE_NUMBER)) or _("Not written yet.")
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


def asked(one: ReadyAnswer, field: str) -> Screen:
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


def sure(one: ReadyAnswer) -> Screen:
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
