"""The screens of the first hello and the menu."""

from __future__ import annotations

from datetime import datetime

from domain.competition import Stage
from domain.regions import LANGUAGES
from handlers.figures import moment
from handlers.language import _, speaking, words
from handlers.screen import Button, Screen, button, rows
from handlers.shared_buttons import ToApplication, ToCheck, ToData, ToLanguages, ToQuestions, ToStatus
from usecases.competitions import InForce
from usecases.overview import Overview


def languages(first: str) -> Screen:
    """Both languages on one screen, the guess first: it is shown before we know which one is read."""
    order = sorted(LANGUAGES, key=lambda code: code != first)
    hellos, buttons = [], []
    for code in order:
        with speaking(code):
            hellos.append(_("Hello! This is the ZHAS PROJECT bot. Which language shall we speak?"))
            buttons.append(Button(_("English name of this language"), f"lang:{code}"))
    return Screen("\n\n".join(hellos), rows(tuple(buttons)))


def menu(view: Overview, now: datetime) -> Screen:
    """What matters now, then everything one can do."""
    lines = [_("<b>ZHAS PROJECT</b>: small grants for young people's projects.")]
    lines += [_competition(one, now) for one in view.competitions] or [_nothing_open()]
    return Screen("\n\n".join([*lines, *_own(view), _("What shall we do?")]), _buttons(view))


def broken() -> str:
    return _("Something broke on our side, and your last message was not taken. What you entered before is saved.")


def _nothing_open() -> str:
    return _("No competition is taking applications now. You can check whether you may apply and read the rules.")


def _competition(one: InForce, now: datetime) -> str:
    competition = one.competition
    name = f"<b>{words(competition.name)}</b>"
    match competition.stage(now):
        case Stage.ANNOUNCED:
            text = _("{name}\nApplications open on {opens}.").format(
                name=name, opens=moment(competition.dates.intake_opens)
            )
        case Stage.INTAKE:
            text = _("{name}\nApplications are open. They close: {closes}.").format(
                name=name, closes=moment(competition.dates.intake_closes)
            )
        case Stage.TECHNICAL | Stage.COMMISSION:
            text = _("{name}\nApplications are closed, selection is going on. Results: {results}.").format(
                name=name, results=moment(competition.dates.results)
            )
        case _other:
            text = _("{name}\nThe results are out.").format(name=name)
    return (
        _("{text}\n<i>A demonstration: not a real competition.</i>").format(text=text)
        if competition.demonstration
        else text
    )


def _own(view: Overview) -> list[str]:
    lines = []
    if view.draft:
        lines.append(_("Your application is begun: {done} of {all}.").format(done=view.draft.done, all=view.draft.all))
    if view.application:
        lines.append(_("Your application: {number}.").format(number=view.application.number))
    return lines


def _buttons(view: Overview) -> tuple[tuple[Button, ...], ...]:
    apply = _("Go on with my application") if view.draft else _("Apply")
    return rows(
        button(_("My application"), ToStatus()) if view.application else button(apply, ToApplication()),
        button(_("May I apply?"), ToCheck()),
        button(_("Questions and rules"), ToQuestions()),
        (button(_("My data"), ToData()), button(_("Language"), ToLanguages())),
    )
