"""The screens of the first hello, the languages and the menu."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiogram import html
from aiogram.filters.callback_data import CallbackData

from domain.application import State
from domain.competition import Stage
from domain.local_time import local_day
from domain.regions import LANGUAGES
from handlers.figures import day, moment, time_left, until
from handlers.language import _, ngettext, speaking, words
from handlers.screen import Button, Rows, Screen, button, rows
from handlers.shared_buttons import Ask, ToApplication, ToCheck, ToData, ToLanguages, ToQuestions, ToStatus, work_button
from handlers.start.texts import STATES
from usecases.checks import Standing
from usecases.competitions import InForce
from usecases.overview import Overview

MOST_LISTED = 10  # competitions in the menu: one a lot


class ChooseLanguage(CallbackData, prefix="lang"):
    """The person chose a language."""

    code: str


def hello_languages(first: str) -> Screen:
    """The first hello in both languages, the guess first: it is shown before we know which one is read."""
    hellos = _in_each(first, lambda: _("Hello! This is the ZHAS PROJECT bot. Which language shall we speak?"))
    return Screen("\n\n".join(hellos), _language_buttons(first))


def languages(first: str) -> Screen:
    """The choice of another language, in both."""
    asked = _in_each(first, lambda: _("Which language shall we go on in?"))
    return Screen("\n".join(asked), _language_buttons(first))


def hello(first_name: str) -> str:
    """A newcomer's first lines, above the menu."""
    text = _(
        "Nice to meet you, {name}! I tell you whether you may apply for a grant, take your application and say where "
        "it stands. Whatever you write is saved at once: you can stop and come back at any time."
    )
    return text.format(name=html.quote(first_name)) if first_name else _nameless()


def menu(view: Overview, now: datetime, greeting: str = "") -> Screen:
    """What matters now, then everything one can do, in the order of what matters."""
    heading = greeting or _("<b>ZHAS PROJECT</b>: small grants for young people's projects.")
    parts = [heading, *_competitions(view, now)]
    if own := _own(view):
        parts.append("\n".join(own))
    return Screen("\n\n".join(parts), _buttons(view, now))


def broken() -> str:
    return _("Something broke on our side, and your last message was not taken. What you entered before is saved.")


def _nameless() -> str:
    return _(
        "Nice to meet you! I tell you whether you may apply for a grant, take your application and say where "
        "it stands. Whatever you write is saved at once: you can stop and come back at any time."
    )


def _in_each(first: str, say: Callable[[], str]) -> list[str]:
    """The same words in every language."""
    said = []
    for code in _order(first):
        with speaking(code):
            said.append(say())
    return said


def _order(first: str) -> list[str]:
    return sorted(LANGUAGES, key=lambda code: code != first)


def _language_buttons(first: str) -> Rows:
    names = _in_each(first, lambda: _("English name of this language"))
    codes = _order(first)
    return rows(tuple(button(name, ChooseLanguage(code=code)) for name, code in zip(names, codes, strict=True)))


def _competitions(view: Overview, now: datetime) -> list[str]:
    """The person's own in full; several others in a line each, or counted when theirs is known."""
    if view.own:
        return [_in_full(view.own, now), *_counted(view.others, now)]
    if len(view.others) == 1:
        return [_in_full(view.others[0], now)]
    if view.others:
        return ["\n".join(f"• {_in_short(one, now)}" for one in view.others[:MOST_LISTED])]
    return [_("There is no competition now. You can read the rules and ask questions.")]


def _counted(others: tuple[InForce, ...], now: datetime) -> list[str]:
    count = sum(one.competition.open(now) for one in others)
    if not count:
        return []
    return [
        ngettext(
            "In other regions {count} competition is taking applications.",
            "In other regions {count} competitions are taking applications.",
            count,
        ).format(count=count)
    ]


def _in_full(one: InForce, now: datetime) -> str:
    lines = [f"<b>{html.quote(words(one.competition.name))}</b>", _stage(one, now)]
    if one.competition.demonstration:
        lines.append(_("<i>A demonstration: not a real competition.</i>"))
    return "\n".join(lines)


def _in_short(one: InForce, now: datetime) -> str:
    return _("{name}: {stage}").format(name=html.quote(words(one.competition.name)), stage=_stage(one, now))


def _stage(one: InForce, now: datetime) -> str:
    dates = one.competition.dates
    match one.competition.stage(now):
        case Stage.ANNOUNCED:
            return _("Applications open: {opens}.").format(opens=moment(dates.intake_opens))
        case Stage.INTAKE:
            return _("Applications are open until: {closes} ({left}).").format(
                closes=until(dates.intake_closes), left=time_left(now, dates.intake_closes)
            )
        case Stage.TECHNICAL | Stage.COMMISSION | Stage.RESULTS:
            return _("Applications are closed, selection is going on. Results: {results}.").format(
                results=moment(dates.results)
            )
        case _other:
            return _("Applications are closed, the results are out.")


def _own(view: Overview) -> list[str]:
    """One line for each thing the person has; with an application under way the check has had its day."""
    check = [_check(view.check)] if view.check and not _under_way(view) else []
    return [*_application(view), *_draft(view), *check]


def _under_way(view: Overview) -> bool:
    """Whether an application stands (and was not taken back) in a competition that has not ended."""
    if view.application is None or view.application.withdrawn:
        return False
    known = [one.id for one in (view.own, *view.others) if one]
    return view.application.competition.id in known


def _application(view: Overview) -> list[str]:
    if view.application is None:
        return []
    now = view.application.timeline
    number, state = view.application.application.number, STATES[now.state]()
    if now.state is State.RETURNED and now.by:
        text = _("⚠️ Your application {number}: {state}. Until: {by}.")
        return [text.format(number=number, state=state, by=until(now.by))]
    return [_("📨 Your application {number}: {state}.").format(number=number, state=state)]


def _draft(view: Overview) -> list[str]:
    if not view.draft:
        return []
    done = view.draft.progress
    return [_("📝 Your application is begun: {done} of {all}.").format(done=done.done, all=done.all)]


def _check(now: Standing) -> str:
    check = now.check
    if check.judged_at is None:
        done = sum(one.key in check.answers for one in now.path)
        return _("🔎 Your check is begun: {done} of {all}.").format(done=done, all=len(now.path))
    checked = day(local_day(check.judged_at))
    if check.eligible:
        return _("✅ By your answers you may apply (checked: {day}).").format(day=checked)
    return _("❗ By your answers you may not apply yet (checked: {day}).").format(day=checked)


def _buttons(view: Overview, now: datetime) -> Rows:
    status = button(_("My application"), ToStatus()) if view.application else None
    apply, check = _apply(view, now), button(_("May I apply?"), ToCheck())
    checked_first = view.draft is None and not (view.verdict and view.verdict.eligible)
    return rows(
        *((status, apply) if _under_way(view) else (check, apply) if checked_first else (apply, check)),
        None if _under_way(view) else status,
        (button(_("Questions and rules"), ToQuestions()), button(_("Ask or complain"), Ask())),
        (button(_("My data"), ToData()), button(_("Language"), ToLanguages())),
        work_button() if view.staff else None,
    )


def _apply(view: Overview, now: datetime) -> Button | None:
    """The way to the application; none where nothing can be written now."""
    if view.draft:
        return button(_("Go on with my application"), ToApplication())
    if _under_way(view):
        return None
    taking = any(one.competition.open(now) for one in (*filter(None, [view.own]), *view.others))
    return button(_("Apply"), ToApplication()) if taking else None
