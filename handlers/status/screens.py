"""The screens of a sent application."""

from __future__ import annotations

from datetime import datetime

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.application import Application, Mark, Milestone, Step, Timeline
from domain.documents import Document
from handlers.answer_words import title
from handlers.figures import moment, until
from handlers.language import _, ngettext, words
from handlers.screen import Button, Screen, button, rows, units
from handlers.shared_buttons import Ask, ToApplication, ToCheck, ToReview, menu_button
from handlers.status.texts import MILESTONES, ROLES, SIGNS, STATES, file_mark
from usecases.own_applications import SentAnswers, Standing

MOST_OTHERS = 5  # buttons to a person's other applications
ROOM_FOR_FILES = 2400  # UTF-16 units on a receipt


class ShowStatus(CallbackData, prefix="st"):
    """The timeline of an application."""

    application: int


class KeepReceipt(CallbackData, prefix="stk"):
    """The timeline in a new message: the pressed one is the receipt, and stays."""

    application: int


class ShowReceipt(CallbackData, prefix="str"):
    """The receipt once more."""

    application: int


class SendPaper(CallbackData, prefix="stp"):
    """The answers as a file."""

    application: int


class AskWithdraw(CallbackData, prefix="stw"):
    """Is it to be taken back?"""

    application: int


class Withdraw(CallbackData, prefix="stwy"):
    """Yes, take it back."""

    application: int


class WriteAnew(CallbackData, prefix="stn"):
    """A new draft with the answers of a withdrawn application."""

    application: int


def nothing_sent(*, begun: bool, taking: bool) -> Screen:
    """No application yet: what to do instead; `taking`: some competition takes applications now."""
    if begun:
        text = _("Your application is begun but not sent yet. Only a sent application takes part.")
        return Screen(
            text,
            rows(button(_("Go on"), ToApplication()), button(_("Look through and send"), ToReview()), menu_button()),
        )
    text = _("You have not sent an application yet. First check whether you may apply: it takes about a minute.")
    apply = button(_("Apply"), ToApplication()) if taking else None
    return Screen(text, rows(button(_("May I apply?"), ToCheck()), apply, menu_button()))


def status(view: Standing) -> Screen:
    """Where it is, whose turn, what comes next and by when."""
    parts = [head(view.application, view), "\n".join(map(_step, view.timeline.steps)), _now(view.timeline)]
    parts += _by_telephone(view)
    if not view.withdrawn:
        parts += [*_about_files(view), _about_withdrawing(view)]
    elif view.intake_open:
        parts.append(
            _("You can write a new application until {closes}.").format(
                closes=until(view.competition.competition.dates.intake_closes)
            )
        )
    return Screen("\n\n".join(filter(None, parts)), _buttons(view))


def news(view: Standing) -> Screen:
    """A notification: the application has moved."""
    seen = status(view)
    return Screen(_("There is news about your application.") + "\n\n" + seen.text, seen.buttons)


def ask_withdraw(view: Standing) -> Screen:
    number, closes = view.application.number, until(view.competition.competition.dates.intake_closes)
    text = _(
        "Take application <b>{number}</b> back?\n\nIt will take no part in the competition, and its number will not "
        "be used again. You can write a new one, also from the same answers, until {closes}."
    ).format(number=number, closes=closes)
    key = view.application.id
    return Screen(
        text,
        rows(
            button(_("Yes, take it back"), Withdraw(application=key)),
            button(_("No, leave it"), ShowStatus(application=key)),
        ),
    )


def receipt(sent: SentAnswers, view: Standing) -> Screen:
    """What was taken, when and under which rules; it stays in the chat."""
    parts = [
        _("<b>Your application is accepted.</b>\nIts number: <code>{number}</code>\nKeep this number.").format(
            number=sent.application.number
        ),
        _("Sent: {moment} (Kazakhstan time)\nRules of the competition: version {version}").format(
            moment=moment(sent.application.sent_at), version=sent.competition.number
        ),
        _files(sent.documents),
        _now(view.timeline),
        _("I will write to you about every step."),
    ]
    return Screen(
        "\n\n".join(part for part in parts if part),
        rows(button(_("Where is my application"), KeepReceipt(application=sent.application.id))),
    )


def paper_caption(number: str) -> str:
    return _(
        "Your answers in application {number}. Show this file only to those you trust: it holds your data."
    ).format(number=number)


def head(application: Application, view: Standing) -> str:
    return _("<b>Application {number}</b>\n{competition}").format(
        number=application.number, competition=html.quote(words(view.competition.competition.name))
    )


def _step(step: Step) -> str:
    sign, name = SIGNS[step.mark], MILESTONES[step.milestone]()
    if step.mark in (Mark.DONE, Mark.STOPPED):
        return _("{sign} {name}: {moment}").format(sign=sign, name=name, moment=moment(step.at))
    return _("{sign} {name}: until {moment}").format(sign=sign, name=name, moment=until(step.at))


def _now(seen: Timeline) -> str:
    lines = [_("<b>Now</b> (since {since})").format(since=moment(seen.since)), STATES[seen.state]()]
    if seen.actor:
        lines.append(ROLES[seen.actor]())
    if seen.next and seen.by:
        lines.append(_following(seen, seen.next, seen.by))
    return "\n".join(lines)


def _following(seen: Timeline, milestone: Milestone, begins: datetime) -> str:
    """The next step and its planned time: from when until when, or the one moment it has."""
    name = MILESTONES[milestone]().lower()
    ends = next(step.at for step in seen.steps if step.milestone is milestone)
    if milestone is Milestone.RESULTS:
        return _("Next step: {next}, planned for {on}.").format(next=name, on=moment(begins))
    if ends > begins:
        return _("Next step: {next}, from {since} to {end}.").format(next=name, since=moment(begins), end=until(ends))
    return _("Next step: {next}, not later than {by}.").format(next=name, by=until(begins))


def _by_telephone(view: Standing) -> list[str]:
    """What of it the call centre wrote down."""
    if not view.filled_by_office:
        return []
    names = ", ".join(title(key) for key in view.filled_by_office)
    return [_("☎️ Written down by the call centre, checked and sent by you: {names}").format(names=html.quote(names))]


def _about_files(view: Standing) -> list[str]:
    """What to do about files that could not be taken after all."""
    if not view.refused_files:
        return []
    if view.may_withdraw:
        return [
            _(
                "❗️ Files that could not be taken: {count}. To mend it, take this application back and write a new one "
                "from it: your answers and the other files come along."
            ).format(count=view.refused_files)
        ]
    return [
        _("❗️ Files that could not be taken: {count}. Please call us: the number is in “Questions and rules”.").format(
            count=view.refused_files
        )
    ]


def _about_withdrawing(view: Standing) -> str:
    if view.timeline.next is None:  # decided: there is nothing left to take back
        return ""
    closes = until(view.competition.competition.dates.intake_closes)
    if view.may_withdraw:
        return _("You can take the application back until {closes}.").format(closes=closes)
    return _(
        "Applications closed on {closes}, so it can no longer be taken back here. If you have changed your mind, "
        "tell the organiser."
    ).format(closes=closes)


def _buttons(view: Standing) -> tuple[tuple[Button, ...], ...]:
    key, stands = view.application.id, not view.withdrawn
    others = [
        button(_("Application {number}").format(number=other.number), ShowStatus(application=other.id))
        for other in view.others[:MOST_OTHERS]
    ]
    return rows(
        button(_("My answers as a file"), SendPaper(application=key)),
        button(_("The receipt"), ShowReceipt(application=key)) if stands else None,
        button(_("Take the application back"), AskWithdraw(application=key)) if view.may_withdraw else None,
        button(_("Write a new one from it"), WriteAnew(application=key)) if view.may_write_anew else None,
        *others,
        (button(_("Ask or complain"), Ask(about=f"app-{key}")), menu_button()),
    )


def _files(documents: tuple[Document, ...]) -> str:
    """As many as fit; the file with the answers lists all."""
    lines = [_("Files and their fingerprints:")] if documents else []
    for shown, document in enumerate(documents):
        line = f"• {html.quote(document.file_name)} – <code>{file_mark(document)}</code>"
        if sum(map(units, lines)) + units(line) > ROOM_FOR_FILES:
            more = len(documents) - shown
            lines.append(ngettext("and {count} more file", "and {count} more files", more).format(count=more))
            break
        lines.append(line)
    return "\n".join(lines)
