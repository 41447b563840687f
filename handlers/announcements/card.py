"""How far an announcement is: one message that is edited while it runs, with what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from aiogram import html

from domain.announcement import Announcement, Doing, Fate, Stage
from domain.announcement_progress import Progress
from handlers.announcements.buttons import Decide, Do, New, Sample, ToOne
from handlers.announcements.screens import trial_button, waits_for_approval
from handlers.announcements.texts import FATES, LANGUAGES, STAGES, approval_words, audience_words
from handlers.figures import fraction, number, short_moment
from handlers.language import _, ngettext
from handlers.screen import Button, Rows, Screen, button, rows, staying
from handlers.shared_buttons import ToAnnouncements
from usecases.announce_approval import WhoDecides

DOING: Mapping[Doing, Callable[[], str]] = {
    Doing.SEND: STAGES[Stage.RUNNING],
    Doing.RETRY: lambda: _("🔁 being sent once more"),
    Doing.CORRECT: lambda: _("✏️ being corrected"),
    Doing.DELETE: lambda: _("🗑 being deleted"),
}


def card(one: Announcement, progress: Progress, decides: WhoDecides | None, viewer: int) -> Screen:
    """Everything about one that is no draft any more, to this person; `decides`: on one that waits for approval."""
    approver = decides is not None and viewer in decides.approvers
    lines = [_("<b>📣 Announcement №{number}</b>").format(number=one.id), _stands(one), ""]
    lines.append(html.quote(audience_words(one)))
    lines += _of_stage(one, progress)
    if decides and not approver:
        lines += ["", *approval_words(decides, viewer)]
    return Screen(
        "\n".join(lines),
        (*_steps(one, progress, approver=approver), *rows(staying(_("📣 All announcements"), ToAnnouncements()))),
    )


def _stands(one: Announcement) -> str:
    """Where it stands; while something is done or held back, what."""
    if one.stage is Stage.RUNNING:
        return DOING[one.doing]()
    if one.stage is Stage.PAUSED and one.doing is not Doing.SEND:
        return f"{STAGES[one.stage]()} ({DOING[one.doing]()})"
    return STAGES[one.stage]()


def _of_stage(one: Announcement, progress: Progress) -> list[str]:
    if one.before is not None:
        said = _("The correction goes out once a colleague has approved it. Until then nothing leaves.")
        return ["", _recipients(one.size or 0), said]
    if one.stage is Stage.ASKED:
        return ["", _recipients(one.size or 0), waits_for_approval(one)]
    if one.stage is Stage.PLANNED and one.planned_at:
        return ["", _recipients(one.size or 0), _("It goes out: {moment}.").format(moment=short_moment(one.planned_at))]
    return _figures(one, progress)


def _recipients(many: int) -> str:
    return ngettext("{count} recipient", "{count} recipients", many).format(count=number(many))


def _figures(one: Announcement, progress: Progress) -> list[str]:
    bar = [] if one.stage is Stage.STOPPED else [_bar(progress)]
    lines = ["", *bar, _recipients(progress.total)]
    if not one.built:
        lines.append(_("The list of recipients is being made."))
    lines += [f"• {said}: {number(many)}" for said, many in _fates(one, progress)]
    if progress.partly:
        said = _("Did not arrive whole, the files are there without their words: {count}")
        lines.append(said.format(count=number(progress.partly)))
    if one.stage is Stage.RUNNING and progress.rate and progress.left:
        lines.append(_("{rate} a second").format(rate=fraction(progress.rate)) + _time_left(progress.time_left))
    if one.ended_at:
        lines.append(_("Ended: {moment}.").format(moment=short_moment(one.ended_at)))
    return lines


def _fates(one: Announcement, progress: Progress) -> Iterator[tuple[str, int]]:
    """How many have which fate. While nothing leaves, what stands in the outbox waits like the rest."""
    standing, outbox = dict(progress.fates), Fate.QUEUED
    if one.stage is not Stage.RUNNING and outbox in standing:
        standing[Fate.WAITING] = standing.get(Fate.WAITING, 0) + standing.pop(outbox)
    for fate in Fate:
        if many := standing.get(fate, 0):
            never = fate is Fate.WAITING and one.stage is Stage.STOPPED
            yield _("were not sent it") if never else FATES[fate](), many


def _bar(progress: Progress) -> str:
    """Ten squares."""
    done = progress.total - progress.left
    full = 10 * done // progress.total if progress.total else 0
    return "🟩" * full + "⬜️" * (10 - full)


def _time_left(left: timedelta | None) -> str:
    if left is None:
        return ""
    minutes = max(1, round(left / timedelta(minutes=1)))
    hours, rest = divmod(minutes, 60)
    if hours:
        return ", " + _("about {hours} h {minutes} min left").format(hours=hours, minutes=rest)
    return ", " + _("about {minutes} min left").format(minutes=minutes)


def _steps(one: Announcement, progress: Progress, *, approver: bool) -> Rows:
    def step(words: str, what: str) -> Button:
        return button(words, Do(id=one.id, what=what))

    look = (staying(_("👁 Preview"), Do(id=one.id, what="preview")), trial_button(one))
    match one.stage:
        case Stage.ASKED if approver:
            count = button(_("🔢 Count and look"), Sample(id=one.id))
            agree, back = (Decide(id=one.id, agree=said, mark=one.mark) for said in (True, False))
            return rows(look, count, button(_("✅ Approve"), agree), button(_("↩️ Send back"), back))
        case Stage.ASKED if one.before is not None:
            return rows(look, *_correct(one), step(_("↩️ Take the correction back"), "take_back"))
        case Stage.ASKED | Stage.PLANNED:
            return rows(look, step(_("↩️ Take back into the drafts"), "take_back"))
        case Stage.RUNNING:
            return rows((step(_("⏸ Hold"), "pause"), step(_("⏹ Stop"), "stop")), _again(one))
        case Stage.PAUSED:
            return rows((step(_("▶️ Go on"), "resume"), step(_("⏹ Stop"), "stop")), *_held_back(one))
        case _over:
            return _afterwards(one, progress)


def _held_back(one: Announcement) -> tuple[Button, ...]:
    """While nothing leaves: look at it, and mend it for all, unless it is just being deleted."""
    correct = _correct(one) if one.doing is not Doing.DELETE else ()
    return (staying(_("👁 Preview"), Do(id=one.id, what="preview")), *correct)


def _correct(one: Announcement) -> tuple[Button, ...]:
    return tuple(
        staying(
            _("✏️ Correct: {language}").format(language=LANGUAGES[name]().lower()), Do(id=one.id, what=f"correct_{name}")
        )
        for name in one.content.languages
    )


def _again(one: Announcement) -> Button:
    return button(_("🔄 How far is it now?"), ToOne(id=one.id))


def _afterwards(one: Announcement, progress: Progress) -> Rows:
    sent, failed = progress.fates.get(Fate.SENT, 0), progress.fates.get(Fate.FAILED, 0)
    return rows(
        staying(_("👁 Preview"), Do(id=one.id, what="preview")),
        *(_correct(one) if sent else ()),
        button(_("🗑 Delete what was sent"), Do(id=one.id, what="delete")) if sent or progress.partly else None,
        button(_("🔁 Once more to whom it did not reach"), Do(id=one.id, what="again")) if failed else None,
        staying(_("📄 Report (XLSX)"), Do(id=one.id, what="report")),
        staying(_("📝 A new one like this"), New(id=one.id)),
    )
