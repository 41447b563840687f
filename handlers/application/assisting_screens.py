"""The screens of an operator who fills in an application for a caller; the questions are the form's own."""

from __future__ import annotations

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.draft import progress
from domain.form import missing, path
from handlers.answer_pages import Block, Page, block_text, edits, pages_of
from handlers.answer_words import answer_text, section_title, title
from handlers.figures import moment
from handlers.language import _, ngettext
from handlers.screen import Button, Screen, button, in_pairs, neighbours, rows
from handlers.shared_buttons import FillFor, ToDesk
from usecases.assist import Prepared

MOST_MISSING = 8


class Resume(CallbackData, prefix="fr"):
    """The question asked now."""

    id: int


class Overview(CallbackData, prefix="fo"):
    """What is filled in so far."""

    id: int


class ShowPage(CallbackData, prefix="fp"):
    """A page of it, from 1."""

    id: int
    page: int


class HandOver(CallbackData, prefix="fg"):
    """Ask the applicant."""

    id: int


class TakeBack(CallbackData, prefix="fb"):
    """Go on filling in what was handed over."""

    id: int


class Drop(CallbackData, prefix="fx"):
    """Throw it away; `sure`: asked already."""

    id: int
    sure: bool


class ToTicketOf(CallbackData, prefix="fl"):
    """Back to the request on the desk (`handlers/desk` lays it)."""

    id: int


def header(view: Prepared) -> str:
    """Whose application this is: it is not the operator's own."""
    return _("📞 For <b>{name}</b>").format(name=html.quote(view.name) or _("the caller"))


def begun() -> str:
    """What the caller is to be told first."""
    return _(
        "Tell the caller: what they dictate counts only when they have taken it over in their own chat and sent it; "
        "otherwise it is erased after three days."
    )


def overview(view: Prepared) -> Screen:
    """How much there is, what is missing, and the ways on."""
    draft, one = view.draft, view.draft.competition.competition
    done, wanted = progress(draft.answers, one), missing(draft.answers, one)
    lines = [
        header(view),
        _("Answers: {done} of {all}").format(done=done.done, all=done.all),
        ngettext("Of them written down by us: {count}", "Of them written down by us: {count}", view.given).format(
            count=view.given
        ),
    ]
    if wanted:
        names, more = [html.quote(title(key)) for key in wanted[:MOST_MISSING]], wanted[MOST_MISSING:]
        lines.append(_("Still missing: {names}").format(names=", ".join(names)) + (" …" if more else ""))
    lines.append(_("The documents and the consent are the caller's own matter: in their chat."))
    key = view.assistance.id
    return Screen(
        "\n".join(lines),
        rows(
            button(_("Go on with the questions"), Resume(id=key)) if wanted else None,
            button(_("Look through what is written"), ShowPage(id=key, page=1)),
            button(_("✅ Hand it over to the caller"), HandOver(id=key)) if view.given else None,
            (button(_("Throw it away"), Drop(id=key, sure=False)), *_back(view)),
        ),
    )


def page(view: Prepared, number: int) -> Screen:
    """A page of the answers, each can be changed."""
    every, key = _pages(view), view.assistance.id
    number = min(max(number, 1), len(every))
    shown = every[number - 1]
    head = f"{header(view)} · <b>{section_title(shown.section)}</b> · {number}/{len(every)}"
    turns = neighbours(number, range(1, len(every) + 1), lambda there: ShowPage(id=key, page=there))
    ways = (*edits(one.key for one in shown.blocks), *rows(turns, button(_("Back"), Overview(id=key))))
    return Screen("\n\n".join([head, *map(block_text, shown.blocks)]), ways)


def offered(view: Prepared) -> Screen:
    """It is the caller's turn."""
    key = view.assistance.id
    back = rows(button(_("Take it back and go on"), TakeBack(id=key)), _back(view))
    if view.reachable:
        lines = [header(view), _("It is in the caller's chat now. You will hear when they have taken it over.")]
        if view.code and view.assistance.code_until:
            by_code = _(
                "Are they still on the telephone? They can dictate the six digits that stand in their chat: type them "
                "here. Valid until {moment}."
            )
            lines.append(by_code.format(moment=moment(view.assistance.code_until)))
        else:
            lines.append(
                _("The six digits in their chat are no longer valid. Take it back and hand it over once more.")
            )
        return Screen("\n\n".join(lines), back)
    if not view.code:
        text = _("The caller has opened it in a chat of their own. You will hear when they have taken it over.")
        return Screen(f"{header(view)}\n\n{text}", back)
    text = _(
        "The caller has no chat with the bot yet. Dictate this code, or send them the link below by SMS; the code is "
        "typed in the bot's menu.\n\nCode: <code>{code}</code>\nValid until {moment}, once."
    ).format(code=f"{view.code[:4]} {view.code[4:]}", moment=moment(view.assistance.expires_at))
    return Screen(f"{header(view)}\n\n{text}", back, deep_link=f"fill_{view.code}")


def ask_drop(view: Prepared) -> Screen:
    text = _("Throw away what is written here? It is erased at once.")
    key = view.assistance.id
    choice = (button(_("Yes, throw it away"), Drop(id=key, sure=True)), button(_("No"), Overview(id=key)))
    return Screen(f"{header(view)}\n\n{text}", rows(choice))


def choose_lot(ticket: int, lots: tuple[str, ...]) -> Screen:
    """The request does not tell which competition it is about."""
    chosen = [button(_("Lot {lot}").format(lot=lot), FillFor(ticket=ticket, lot=lot)) for lot in lots]
    return Screen(_("For which lot?"), (*in_pairs(chosen), *rows(button(_("Desk"), ToDesk()))))


def _pages(view: Prepared) -> list[Page]:
    return pages_of(path(view.draft.answers, view.draft.competition.competition), lambda key: _answer(view, key))


def _answer(view: Prepared, key: str) -> Block:
    answers, mark = view.draft.answers, " ☎️" if key in view.draft.filled_by else ""
    said = answer_text(key, answers[key]) if key in answers else _("❗️ still missing")
    return Block(key, title(key) + mark, said)


def _back(view: Prepared) -> tuple[Button, ...]:
    if view.assistance.ticket_id:
        return (button(_("To the request"), ToTicketOf(id=view.assistance.id)),)
    return (button(_("Desk"), ToDesk()),)
