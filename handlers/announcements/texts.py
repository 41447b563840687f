"""Words of conditions, so that an audience is read as a sentence, and of what became of recipients."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aiogram import html

from domain.announcement import Announcement, Fate, NamedList, Stage
from domain.audience import EVER, NONE, OPEN, Condition, Field, Group
from handlers.answer_words import region_name
from handlers.figures import number as figure
from handlers.language import _, ngettext, words
from handlers.role_words import ROLES
from handlers.state_words import STATES
from usecases.announce_approval import WhoDecides

MOST_NAMES = 8  # of colleagues, on one card
LANGUAGES: Mapping[str, Callable[[], str]] = {"kk": lambda: _("Kazakh"), "ru": lambda: _("Russian")}
FIELDS: Mapping[Field, Callable[[], str]] = {
    Field.LOT: lambda: _("Lot"),
    Field.REGION: lambda: _("Region"),
    Field.LANGUAGE: lambda: _("Language"),
    Field.AGE: lambda: _("Age, by year of birth"),
    Field.STATE: lambda: _("Application"),
    Field.DRAFT: lambda: _("Unsent application"),
    Field.SOURCE: lambda: _("Came by the link"),
    Field.SEEN: lambda: _("Last here"),
    Field.ROLE: lambda: _("Work in the office"),
    Field.TICKETS: lambda: _("Requests"),
    Field.LIST: lambda: _("Uploaded list"),
}
APPLICATIONS: Mapping[str, Callable[[], str]] = {**STATES, NONE: lambda: _("not sent")}
STAFF: Mapping[str, Callable[[], str]] = {
    **{str(role): said for role, said in ROLES.items()},
    NONE: lambda: _("Not staff"),
}
DRAFTS: Mapping[str, Callable[[], str]] = {OPEN: lambda: _("begun, not sent"), NONE: lambda: _("none")}
TICKETS: Mapping[str, Callable[[], str]] = {
    OPEN: lambda: _("open"),
    EVER: lambda: _("have asked"),
    NONE: lambda: _("never asked"),
}
STAGES: Mapping[Stage, Callable[[], str]] = {
    Stage.DRAFT: lambda: _("📝 draft"),
    Stage.ASKED: lambda: _("🖊 waits for approval"),
    Stage.PLANNED: lambda: _("🕘 planned"),
    Stage.RUNNING: lambda: _("🚀 on its way"),
    Stage.PAUSED: lambda: _("⏸ paused"),
    Stage.STOPPED: lambda: _("⏹ stopped"),
    Stage.DONE: lambda: _("✅ finished"),
}
FATES: Mapping[Fate, Callable[[], str]] = {
    Fate.WAITING: lambda: _("wait"),
    Fate.QUEUED: lambda: _("being sent"),
    Fate.SENT: lambda: _("sent"),
    Fate.CHANGING: lambda: _("being changed"),
    Fate.DELETED: lambda: _("deleted"),
    Fate.BLOCKED: lambda: _("blocked the bot"),
    Fate.MUTED: lambda: _("do not want any"),
    Fate.FAILED: lambda: _("did not arrive"),
}


def value_words(field: Field, value: str, named: Announcement) -> str:
    """A value of a condition, as a coordinator reads it; `named` knows its lists and links by name."""
    table: Mapping[Field, Mapping[str, Callable[[], str]]] = {
        Field.LANGUAGE: LANGUAGES,
        Field.STATE: APPLICATIONS,
        Field.DRAFT: DRAFTS,
        Field.ROLE: STAFF,
        Field.TICKETS: TICKETS,
    }
    if field in table and value in table[field]:
        return table[field][value]().lower()
    if field is Field.SEEN:
        return seen_words(int(value))
    if field is Field.REGION:
        return region_name(value)
    if field is Field.SOURCE and (name := named.sources.get(value)):
        return words(name)
    if field is Field.LIST:
        return _list_words(value, named.lists.get(int(value)))
    return value.replace("-120", "+") if field is Field.AGE else value


def _list_words(number: str, one: NamedList | None) -> str:
    """The name of its file, or its number, and how many people are on it."""
    name = _("“{words}”").format(words=one.name) if one and one.name else f"№{number}"
    if one is None:
        return name
    if one.reading or one.refused:
        return _("{list} (being read)").format(list=name) if one.reading else _("{list} (not read)").format(list=name)
    people = ngettext("{list} ({count} person)", "{list} ({count} people)", one.found)
    return people.format(list=name, count=figure(one.found))


def seen_words(days: int) -> str:
    if days > 0:
        return ngettext("within {days} day", "within {days} days", days).format(days=days)
    return ngettext("not for {days} day", "not for {days} days", -days).format(days=-days)


def condition_words(one: Condition, named: Announcement) -> str:
    """One condition: what it asks, and which answers will do."""
    values = _(" or ").join(value_words(one.field, value, named) for value in one.values)
    return _("{field}: {values}").format(field=FIELDS[one.field]().lower(), values=values)


def group_words(group: Group, named: Announcement) -> str:
    return _(" and ").join(condition_words(one, named) for one in group)


def audience_words(one: Announcement) -> str:
    """Its audience as a sentence or a few lines; not yet quoted for HTML."""
    among = _lines(one.audience.include, one) or _("everybody")
    text = _("To: {groups}").format(groups=among)
    if one.audience.exclude:
        text += "\n" + _("But not: {groups}").format(groups=_lines(one.audience.exclude, one))
    if one.lots:
        text += "\n" + _("Only in your lots: {lots}").format(lots=", ".join(sorted(one.lots)))
    return text


def approval_words(decides: WhoDecides, viewer: int) -> list[str]:
    """Who may approve it; where nobody may, that, and who can mend it. HTML."""
    if decides.approvers:
        return [_("It can be approved by: {names}.").format(names=_names(decides.approvers))]
    nobody = _("⚠️ Nobody can approve it: all who might have written, changed or sent it themselves.")
    if viewer in decides.inviters:
        return [nobody, _("Invite one more coordinator or administrator (✉️ Invitations).")]
    if decides.inviters:
        names = _names(decides.inviters)
        return [nobody, _("Ask for one more coordinator or administrator to be invited: {names}.").format(names=names)]
    return [nobody, _("Ask whoever runs the server to invite an administrator: bot staff invite.")]


def _names(people: Mapping[int, str]) -> str:
    shown = [html.quote(name) for name in people.values()][:MOST_NAMES]
    return ", ".join(shown) + ("…" if len(people) > MOST_NAMES else "")


def _lines(groups: Sequence[Group], named: Announcement) -> str:
    return _("; or ").join(group_words(group, named) for group in groups)
