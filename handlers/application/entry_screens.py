"""The screens around the form: begun, paused, discarded, closed, nothing open, everything answered."""

from __future__ import annotations

from datetime import datetime

from domain.competition import Competition
from handlers.answer_words import region_name, title
from handlers.application.buttons import Back, ChooseRegion, Discard, GoOn
from handlers.figures import moment, money, until
from handlers.language import _, words
from handlers.screen import Screen, button, in_pairs, rows
from handlers.shared_buttons import ToCheck, ToData, ToDocuments, ToQuestions, ToReview, menu_button
from usecases.begin_application import Entry
from usecases.competitions import InForce
from usecases.drafts import Draft


def begun(draft: Draft) -> str:
    """A new draft: until when, and what is known already."""
    competition = draft.competition.competition
    lines = [
        _("Let us begin! Every answer is saved at once: you can pause and come back any day until {closes}.").format(
            closes=until(competition.dates.intake_closes)
        )
    ]
    if draft.answers:
        names = [title(key) for key in draft.answers]
        known = ", ".join(name[:1].lower() + name[1:] for name in names)
        lines.append(
            _("From your check I know already: {known}. You can change it at the end, in the review.").format(
                known=known
            )
        )
    return "\n\n".join(lines)


def resumed(draft: Draft) -> str:
    """Coming back: everything is there, and until when."""
    return _("Everything you wrote is saved. Applications close: {closes}.").format(
        closes=until(draft.competition.competition.dates.intake_closes)
    )


def paused() -> str:
    return _("Saved. Come back whenever you like, we will go on from the same question.")


def regions(entry_open: tuple[InForce, ...]) -> Screen:
    """Several competitions are open: which region?"""
    codes = [kato for one in entry_open for kato in one.competition.quotas]
    buttons = [button(region_name(kato), ChooseRegion(kato=kato)) for kato in codes]
    return Screen(
        _("In which region are you registered? Each region has its own competition. Press a button or write the name."),
        (*in_pairs(buttons), *rows(menu_button())),
    )


def not_here(entry: Entry) -> Screen:
    """No open competition in this region: which ones there are, nothing promised."""
    lines = [
        _("No competition is taking applications in this region now: {region}.").format(
            region=region_name(entry.region)
        )
    ]
    lines += [_opens(one) for one in entry.announced]
    lines.append(_open_regions(entry.open))
    lines.append(_("If you are registered elsewhere, correct it in the check."))
    return Screen("\n\n".join(lines), rows(button(_("Check once more"), ToCheck()), menu_button()))


def not_open(entry: Entry) -> Screen:
    """No competition is open at all."""
    lines = [_("No competition is taking applications now.")]
    lines += [_opens(one) for one in entry.announced] or [
        _("When one is announced, its dates will stand in the menu. I cannot say when that will be.")
    ]
    return Screen(
        "\n\n".join(lines),
        rows(
            button(_("Check whether I may apply"), ToCheck()),
            button(_("Questions and rules"), ToQuestions()),
            menu_button(),
        ),
    )


def closed(draft: Draft, now: datetime) -> Screen:
    """The draft of a competition that takes no more applications, or none yet."""
    competition = draft.competition.competition
    if now < competition.dates.intake_opens:
        text = _("Applications open on {opens}. What you wrote is kept until then.").format(
            opens=moment(competition.dates.intake_opens)
        )
    else:
        text = _(
            "Applications closed on {closed}, and this one was not sent. A late application cannot be taken, by law. "
            "What you wrote is kept; you can see it or erase it in “My data”."
        ).format(closed=until(competition.dates.intake_closes))
    return Screen(text, rows(button(_("My data"), ToData()), menu_button()))


def finished(draft: Draft) -> Screen:
    """Every question is answered: documents, review, sending."""
    return Screen(
        _("All questions are answered. Now the documents, and then you look through everything and send it."),
        rows(
            button(_("Documents"), ToDocuments()),
            button(_("Look through and send"), ToReview()),
            (button(_("Back"), Back(place=str(draft.cursor))), menu_button()),
        ),
    )


def ask_discard(draft: Draft, done: int) -> Screen:
    """Throwing away is for ever: ask first."""
    return Screen(
        _(
            "Shall I throw this application away? Answers in it: {count}. They will be erased and cannot be brought "
            "back. To go on later, just press “Pause”."
        ).format(count=done),
        rows(button(_("No, go on with it"), GoOn()), button(_("Yes, erase everything"), Discard(draft=draft.id))),
    )


def discarded() -> str:
    return _("The application is erased. You can begin a new one while applications are open.")


def moved(before: Competition, after: Competition) -> str | None:
    """What changed for the applicant in a new version of the competition's settings; None when nothing did."""
    lines = []
    if before.dates.intake_closes != after.dates.intake_closes:
        lines.append(_("applications now close: {closes}").format(closes=until(after.dates.intake_closes)))
    if before.maximum != after.maximum:
        lines.append(_("a grant is now at most {maximum}").format(maximum=money(after.maximum)))
    if before.documents != after.documents:
        lines.append(_("the list of documents is another"))
    if set(before.quotas) != set(after.quotas):
        lines.append(_("regions: {regions}").format(regions=_names(after)))
    if before.rules != after.rules or before.rules_text != after.rules_text:
        lines.append(_("the rules have changed, see “Questions and rules”"))
    if not lines:
        return None
    return _("The organiser has changed the competition:\n{changes}\nWhat you wrote is kept.").format(
        changes="\n".join(f"• {line}" for line in lines)
    )


def _opens(one: InForce) -> str:
    return _("{name}: applications open on {opens}.").format(
        name=words(one.competition.name), opens=moment(one.competition.dates.intake_opens)
    )


def _open_regions(taking: tuple[InForce, ...]) -> str:
    names = "; ".join(_names(one.competition) for one in taking)
    return _("Applications are taken now in: {regions}.").format(regions=names)


def _names(competition: Competition) -> str:
    return ", ".join(region_name(kato) for kato in competition.quotas)
