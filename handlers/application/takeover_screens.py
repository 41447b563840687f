"""The screens of an applicant with whom the call centre has filled in an application."""

from __future__ import annotations

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.draft import progress
from handlers.answer_words import answer_text, title
from handlers.figures import moment, until
from handlers.language import _, ngettext, words
from handlers.screen import Screen, button, rows
from handlers.shared_buttons import menu_button
from usecases.take_over import Offer

MOST_SHOWN, LONGEST = 8, 150  # answers given twice; characters of each


class See(CallbackData, prefix="gv"):
    """Look at it."""

    id: int


class Prefer(CallbackData, prefix="gp"):
    """The operator's answer to this question instead of one's own, or one's own again; pressed twice, the same."""

    id: int
    key: str
    theirs: bool


class Take(CallbackData, prefix="gt"):
    """Take it over."""

    id: int


class Decline(CallbackData, prefix="gn"):
    """Do not take it over; `sure`: asked already."""

    id: int
    sure: bool


def offered(found: Offer) -> Screen:
    """What there is; what was answered twice; the ways on."""
    draft, one, key = found.prepared, found.prepared.competition.competition, found.assistance.id
    count = len(draft.filled_by)
    done = progress(draft.answers, one)
    parts = [
        _("<b>☎️ The call centre has filled in an application with you</b>\n{competition}").format(
            competition=html.quote(words(one.name))
        ),
        ngettext(
            "{count} answer was written down as you said it. Answered in all: {done} of {all}.",
            "{count} answers were written down as you said them. Answered in all: {done} of {all}.",
            count,
        ).format(count=count, done=done.done, all=done.all),
        _(
            "Nothing of it counts yet. Take it over, look through it, change what you like, add the documents and send "
            "it: all of that only you can do. Applications close: {closes}."
        ).format(closes=until(one.dates.intake_closes)),
        *_twice(found),
        *_code(found),
    ]
    chosen = found.assistance.chosen
    choices = [
        button(_choice(found, one), Prefer(id=key, key=one, theirs=one not in chosen))
        for one in found.conflicts[:MOST_SHOWN]
    ]
    return Screen(
        "\n\n".join(parts),
        rows(
            *choices,
            button(_("✅ Take it over"), Take(id=key)),
            (button(_("I do not want it"), Decline(id=key, sure=False)), menu_button()),
        ),
    )


def ask_decline(found: Offer) -> Screen:
    key = found.assistance.id
    text = _("Shall what the call centre wrote down be erased? Your own answers stay.")
    return Screen(text, rows((button(_("Yes, erase it"), Decline(id=key, sure=True)), button(_("No"), See(id=key)))))


def _twice(found: Offer) -> list[str]:
    """The answers that the person gave otherwise: theirs stay unless they choose the others."""
    if not found.conflicts:
        return []
    lines = [_("You have answered this yourself, and otherwise. Yours stays, unless you choose the call centre's:")]
    for key in found.conflicts[:MOST_SHOWN]:
        own, other = (_short(key, answers[key]) for answers in (found.own, found.prepared.answers))
        line = _("<b>{title}</b>\nyours: {own}\n☎️: {other}")
        lines.append(line.format(title=html.quote(title(key)), own=html.quote(own), other=html.quote(other)))
    if (more := len(found.conflicts) - MOST_SHOWN) > 0:
        lines.append(
            ngettext("and {count} more, where yours stays", "and {count} more, where yours stay", more).format(
                count=more
            )
        )
    return ["\n".join(lines)]


def _code(found: Offer) -> list[str]:
    if not found.code or found.assistance.code_until is None:
        return []
    text = _(
        "Still on the telephone with the operator? Instead of pressing you may dictate this code: <code>{code}</code> "
        "(until {moment}). Tell it to nobody else."
    )
    return [text.format(code=found.code, moment=moment(found.assistance.code_until))]


def _choice(found: Offer, key: str) -> str:
    mark = "☎️" if key in found.assistance.chosen else "▫️"
    return _("{mark} {title}: take the call centre's").format(mark=mark, title=title(key))


def _short(key: str, value: object) -> str:
    text = answer_text(key, value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
