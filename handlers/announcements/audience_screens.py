"""Choosing an audience with buttons: groups, what a group asks about, which answers will do; and whom it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram import html

from domain.announcement import Announcement
from domain.audience import Field, Part, values_of
from domain.local_time import ALMATY
from handlers.announcements.buttons import Do, Group, Pick, Sample, SendAt, Tick, ToOne
from handlers.announcements.texts import FIELDS, LANGUAGES, approval_words, audience_words, group_words, value_words
from handlers.figures import number, short_day, short_moment
from handlers.language import _, ngettext
from handlers.screen import Button, Rows, Screen, button, in_pairs, on_page, rows
from usecases.announce_audience import Masked, Reach

VALUES = 12  # buttons on one page


def groups(one: Announcement) -> Screen:
    """The audience in words, and its groups to be changed."""
    text = "\n\n".join(
        [
            _("<b>👥 Who it goes to</b>"),
            html.quote(audience_words(one)),
            _("All conditions of a line must hold together; of several lines any one is enough."),
        ]
    )
    known: list[Button | tuple[Button, ...] | None] = []
    for part, sign in ((Part.INCLUDE, "➕"), (Part.EXCLUDE, "➖")):
        for place, group in enumerate(one.audience.groups(part)):
            label = f"{sign} {group_words(group, one)}"[:60]
            known.append(button(label, Group(id=one.id, part=part, place=place)))
    more = [
        button(_("➕ Add people"), Group(id=one.id, part=Part.INCLUDE, place=len(one.audience.include))),
        button(_("➖ Leave people out"), Group(id=one.id, part=Part.EXCLUDE, place=len(one.audience.exclude))),
    ]
    count = button(_("🔢 Count and look"), Sample(id=one.id))
    return Screen(text, rows(*known, *more, count, button(_("Back"), ToOne(id=one.id))))


def fields(one: Announcement, part: Part, place: int) -> Screen:
    """What this group may ask about; what it asks already is ticked."""
    known = one.audience.groups(part)
    so_far = group_words(known[place], one) if place < len(known) else _("nothing yet")
    head = _("These people get it: {conditions}") if part is Part.INCLUDE else _("These do not get it: {conditions}")
    choices = []
    for field in Field:
        sign = "✅ " if values_of(one.audience, part, place, field) else ""
        choices.append(button(sign + FIELDS[field](), Pick(id=one.id, part=part, place=place, field=field)))
    drop = button(_("🗑 Without this line"), Group(id=one.id, part=part, place=place, drop=len(known)))
    there = drop if place < len(known) else None
    return Screen(
        head.format(conditions=html.quote(so_far)),
        (*in_pairs(choices), *rows(there, button(_("Done"), Do(id=one.id, what="who")))),
    )


def values(one: Announcement, data: Pick, offered: Sequence[str]) -> Screen:
    """The answers that will do, ticked or not; any of the ticked ones is enough."""
    part, field = Part(data.part), Field(data.field)
    chosen = values_of(one.audience, part, data.place, field)
    shown, turns = on_page(offered, data.page, VALUES, lambda page: data.model_copy(update={"page": page}))
    buttons = [
        button(
            ("✅ " if value in chosen else "▫️ ") + value_words(field, value, one),
            Tick(id=one.id, part=part, place=data.place, field=field, value=value, on=value not in chosen),
        )
        for value in shown
    ]
    done = button(_("Done"), Group(id=one.id, part=part, place=data.place))
    return Screen(_hint(field, offered), (*in_pairs(buttons), *rows(turns, done)))


def _hint(field: Field, offered: Sequence[str]) -> str:
    head = f"<b>{html.quote(FIELDS[field]())}</b>"
    if field is Field.LIST:
        hint = _(
            "Send a file (txt, csv, xlsx; up to 5 MB and 200,000 lines) or a message with numbers of applications or "
            "telephones."
        )
        return f"{head}\n\n{hint}"
    if field is Field.AGE:
        hint = _("The age that somebody reaches this year. Who has told no birth date belongs to none.")
        return f"{head}\n\n{hint}"
    hint = _("Tick one or several: any of them is enough.") if offered else _("There is nothing to choose from yet.")
    return f"{head}\n\n{hint}"


def before_sending(one: Announcement, reach: Reach, turn: int, now: datetime, viewer: int) -> Screen:
    """Whom it reaches: counted by language, with some of them; then when it goes, which approvers only look at."""
    counted = reach.counted
    head = _("<b>🚀 Before sending</b>") if one.editable else _("<b>🔢 Whom it reaches</b>")
    lines = [head, "", html.quote(audience_words(one)), ""]
    lines.append(
        ngettext("<b>{count} person</b>, of these:", "<b>{count} people</b>, of these:", counted.total).format(
            count=number(counted.total)
        )
    )
    spoken = ((say(), counted.languages.get(language, 0)) for language, say in LANGUAGES.items())
    lines += [f"• {name}: {number(many)}" for name, many in spoken if many]
    if counted.blocked:
        lines.append(_("• have blocked the bot: {count}").format(count=number(counted.blocked)))
    if counted.muted:
        lines.append(_("• have switched announcements off: {count}").format(count=number(counted.muted)))
    if reach.sample:
        some = _("Some of them (last digits of the account, language, last here):")
        lines += ["", some, *map(_masked, reach.sample)]
    if not one.editable:
        return Screen("\n".join(lines), rows(_others(one, turn), button(_("Back"), ToOne(id=one.id))))
    if reach.decides:
        two = _("So many are decided on by two: a colleague has to approve it.")
        lines += ["", two, *approval_words(reach.decides, viewer)]
    return Screen("\n".join(lines), _when(one, turn, now))


def _masked(one: Masked) -> str:
    language = LANGUAGES[one.language]().lower() if one.language and one.language in LANGUAGES else "–"
    seen = short_day(one.seen_at.astimezone(ALMATY).date())
    return ", ".join([one.account, language, seen, *one.applications])


def _when(one: Announcement, turn: int, now: datetime) -> Rows:
    """Now, this evening, tomorrow morning, another time."""
    here = now.astimezone(ALMATY)
    evening, morning = here.replace(hour=18, minute=0), (here + timedelta(days=1)).replace(hour=10, minute=0)
    later = [moment for moment in (evening, morning) if moment > here]
    return rows(
        button(_("🚀 Send now"), SendAt(id=one.id)),
        *(button(f"🕘 {short_moment(moment)}", SendAt(id=one.id, minute=_minute(moment))) for moment in later),
        button(_("🗓 Another time"), Do(id=one.id, what="at")),
        _others(one, turn),
        button(_("Back"), ToOne(id=one.id)),
    )


def _others(one: Announcement, turn: int) -> Button:
    return button(_("🔄 Other people as a sample"), Sample(id=one.id, turn=turn + 1))


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
