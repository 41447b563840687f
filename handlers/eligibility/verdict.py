"""The verdict in words: what fits, every rule that does not with what would change it, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from aiogram import html

from domain.check_form import Studying
from domain.competition import Competition, DocumentSlot, Stage
from domain.contacts import readable
from domain.eligibility import Failure, Rule, Verdict
from domain.local_time import local_day
from domain.ticket import Ticket
from handlers.answer_words import option_title, region_name
from handlers.eligibility.buttons import AskPerson, Restart, Show
from handlers.figures import day, moment, until
from handlers.language import _, ngettext, words
from handlers.screen import Button, Screen, button, rows
from handlers.shared_buttons import Ask, ToApplication, ToTicket, menu_button
from usecases.checks import Standing
from usecases.competitions import InForce

Facts = Mapping[str, Any]


def verdict(now: Standing, stage: Stage, ticket: Ticket | None) -> Screen:
    """The verdict on a judged check; `stage` is the competition's at this moment."""
    check, one = now.check, now.competition
    assert check.verdict
    assert check.judged_at
    assert one
    judged_on = local_day(check.judged_at)
    parts = _good(check.verdict, one.competition, stage) if check.eligible else _bad(now, check.verdict, one, judged_on)
    if ticket:
        parts.append(_("Your request to a person: {number}.").format(number=ticket.number))
    return Screen("\n\n".join([*parts, _basis(one, judged_on)]), _buttons(now, stage, ticket))


def asked(now: Standing, ticket: Ticket) -> Screen:
    """The request to a person is kept: what happens next, and nothing that does not."""
    one = now.competition
    assert one
    centre = one.competition.call_centre
    text = _(
        "Your request is registered: <b>{number}</b>.\n\n"
        "{organiser} sees it together with your answers to these questions. The reply comes into this chat, by "
        "{moment}. You can add something to it, or call and say the number:\n\n☎️ {phone}\n{hours}"
    ).format(
        number=ticket.number,
        organiser=html.quote(words(one.competition.organiser)),
        moment=moment(ticket.answer_by or ticket.opened_at),
        phone=readable(centre.phone),
        hours=html.quote(words(centre.hours)),
    )
    back = button(_("Back to the result"), Show(check=now.check.id, view="verdict"))
    add = button(_("Add something to it"), ToTicket(ticket=ticket.id))
    return Screen(text, rows(add, back, menu_button()))


def _good(verdict: Verdict, competition: Competition, stage: Stage) -> list[str]:
    parts = [_("✅ <b>By your answers you may apply.</b>"), _when(competition, stage)]
    if verdict.eligible_until:
        parts.append(
            _("For you the last day is earlier, because of your birthday: {day}.").format(
                day=day(verdict.eligible_until)
            )
        )
    if stage in (Stage.ANNOUNCED, Stage.INTAKE) and competition.documents:
        papers = "\n".join(f"• {_paper(slot)}" for slot in competition.documents)
        parts.append(_("Documents to prepare:\n{documents}").format(documents=papers))
    parts.append(
        _(
            "The application also asks whether the same project got money elsewhere within a year: it must not have. "
            "The organiser decides after looking at your documents."
        )
    )
    return parts


def _when(competition: Competition, stage: Stage) -> str:
    match stage:
        case Stage.ANNOUNCED:
            opens = moment(competition.dates.intake_opens)
            return _("Applications are not taken yet. They open: {opens}.").format(opens=opens)
        case Stage.INTAKE:
            return _("Applications are taken now. They close: {closes}.").format(
                closes=until(competition.dates.intake_closes)
            )
        case _other:
            return _("But applications to this competition have closed: {closed}.").format(
                closed=until(competition.dates.intake_closes)
            )


def _paper(slot: DocumentSlot) -> str:
    title = html.quote(words(slot.title))
    if slot.only_vulnerable:
        return _("{document} (only for vulnerable groups)").format(document=title)
    return title if slot.required else _("{document} (if you have it)").format(document=title)


def _bad(now: Standing, verdict: Verdict, one: InForce, judged_on: date) -> list[str]:
    ways = [f"• {_failure(now, failure, one.competition, judged_on)}" for failure in verdict.failures]
    heading = ngettext(
        "❗ <b>By your answers one condition is not met yet:</b>",
        "❗ <b>By your answers {count} conditions are not met yet:</b>",
        len(ways),
    ).format(count=len(ways))
    never_final = _("I only compare answers with the rules, and this is not a final decision. Ask a person to look.")
    return [heading, *ways, never_final]


def _failure(now: Standing, failure: Failure, competition: Competition, judged_on: date) -> str:
    """A rule in words. Facts are from the verdict; what would change it stands in the same lines."""
    match failure.rule:
        case Rule.REGION:
            return _region(now.check.answers["region"], failure.facts)
        case Rule.TOO_YOUNG:
            return _too_young(failure.facts, competition, judged_on)
        case Rule.TOO_OLD:
            return _too_old(failure.facts, judged_on)
        case Rule.STUDYING:
            return _studying(failure.facts)
        case rule:
            return WORDS[rule](failure.facts)


def _region(chosen: str, facts: Facts) -> str:
    return _(
        "<b>Region.</b> You chose: {region}. This competition is for: {regions}. "
        "Who is registered in one of these meets the condition."
    ).format(region=region_name(chosen), regions=", ".join(map(region_name, facts["regions"])))


def _too_young(facts: Facts, competition: Competition, judged_on: date) -> str:
    since = day(facts["eligible_from"])
    text = ngettext(
        "<b>Age.</b> One may take part from {lower} year, and you are {age}. You qualify from: {since}.",
        "<b>Age.</b> One may take part from {lower} years, and you are {age}. You qualify from: {since}.",
        facts["lower"],
    ).format(lower=facts["lower"], age=_years(facts["age"]), since=since)
    if facts["in_time"]:
        closes = until(competition.dates.intake_closes)
        return text + " " + _("Applications will still be taken then, until: {closes}.").format(closes=closes)
    late = _("That is too late for this competition, and whether there will be another is not known yet.")
    return text + _counted(facts, judged_on) + " " + late


def _too_old(facts: Facts, judged_on: date) -> str:
    text = ngettext(
        "<b>Age.</b> One may take part up to {upper} year inclusive, and you are {age}. "
        "The last day that fitted: {last}. Every competition sets this limit anew.",
        "<b>Age.</b> One may take part up to {upper} years inclusive, and you are {age}. "
        "The last day that fitted: {last}. Every competition sets this limit anew.",
        facts["upper"],
    ).format(upper=facts["upper"], age=_years(facts["age"]), last=day(facts["last_eligible_day"]))
    return text + _counted(facts, judged_on)


def _years(age: int) -> str:
    return ngettext("{count} year old", "{count} years old", age).format(count=age)


def _counted(facts: Facts, judged_on: date) -> str:
    if facts["counted_on"] == judged_on:
        return ""
    return " " + _("The age is counted on this day: {day}.").format(day=day(facts["counted_on"]))


def _studying(facts: Facts) -> str:
    if facts["studying"] == Studying.PART_TIME:
        return _(
            "<b>Study.</b> In this competition part-time students may not take part either. "
            "When your studies end, it is met."
        )
    return _("<b>Study.</b> The programme is for those who do not study full-time. When your studies end, it is met.")


def _registration(facts: Facts) -> str:
    titles = [option_title("registration", one) for one in facts["accepted"]]
    accepted = ", ".join(title[:1].lower() + title[1:] for title in titles)
    return _("<b>Registration.</b> This is accepted: {accepted}. Once you have it in the region, it is met.").format(
        accepted=accepted
    )


def _registered_short(facts: Facts) -> str:
    return ngettext(
        "<b>Registration.</b> In the region for at least {months} month. Once that time has passed, it is met.",
        "<b>Registration.</b> In the region for at least {months} months. Once that time has passed, it is met.",
        facts["months"],
    ).format(months=facts["months"])


WORDS: dict[Rule, Callable[[Facts], str]] = {
    Rule.CITIZENSHIP: lambda f: _(
        "<b>Citizenship.</b> Only citizens of Kazakhstan may take part. Once you are one, it is met."
    ),
    Rule.REGISTRATION: _registration,
    Rule.REGISTERED_SHORT: _registered_short,
    Rule.WORKING: lambda f: _(
        "<b>Work.</b> The programme is for those who do not work now. If your work ends, it is met. "
        "Please do not leave a job for the grant: no money is given into the hand."
    ),
    Rule.TRAINING: lambda f: _(
        "<b>Training.</b> The programme is for those who are not in training. When the course ends, it is met."
    ),
}


def _basis(one: InForce, judged_on: date) -> str:
    text = _("<i>Checked: {day}, by the rules: {name}, version {number}.</i>").format(
        day=day(judged_on), name=html.quote(words(one.competition.name)), number=one.number
    )
    if one.competition.demonstration:
        text += "\n" + _("<i>A demonstration: not a real competition.</i>")
    return text


def _buttons(now: Standing, stage: Stage, ticket: Ticket | None) -> tuple[tuple[Button, ...], ...]:
    check = now.check
    apply = button(_("Apply"), ToApplication()) if check.eligible and stage is Stage.INTAKE else None
    ask = _("What about my request?") if ticket else _("Ask a person to look")
    return rows(
        apply,
        None if check.eligible else button(ask, AskPerson(check=check.id)),
        button(_("My answers"), Show(check=check.id, view="answers")),
        (
            button(_("Check again"), Restart(check=check.id)),
            button(_("Ask or complain"), Ask(about=f"check-{check.id}")),
        ),
        menu_button(),
    )
