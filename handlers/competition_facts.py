"""What answers say of one competition: its settings in words. All of it passes html.quote here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiogram import html

from domain.competition import CallCentre, Competition, DocumentSlot, Stage
from domain.contacts import readable
from handlers.figures import moment, money, number, size, until
from handlers.language import _, words
from usecases.order import order


def fill(answer: str, competition: Competition) -> str:
    """The answer with this competition's settings in its {placeholders}."""
    return answer.format_map(_Lazy(competition))


class _Lazy(dict[str, str]):
    """Only what an answer names is put into words."""

    def __init__(self, competition: Competition) -> None:
        super().__init__()
        self._competition = competition

    def __missing__(self, name: str) -> str:
        return PLACEHOLDERS[name](self._competition)


def _lines(parts: list[str]) -> str:
    return "\n".join(f"• {part}" for part in parts)


def region_name(kato: str) -> str:
    return html.quote(words(order().region(kato).name))


def lot_regions(competition: Competition) -> str:
    return ", ".join(map(region_name, competition.quotas))


def region_quotas(competition: Competition) -> str:
    return _lines([f"{region_name(kato)}: {number(quota)}" for kato, quota in competition.quotas.items()])


def documents(competition: Competition) -> str:
    return _lines([_document(slot) for slot in competition.documents])


def _document(slot: DocumentSlot) -> str:
    title = html.quote(words(slot.title))
    if slot.only_vulnerable:
        return _("{document} (only if you name a vulnerable group)").format(document=title)
    return title if slot.required else _("{document} (if you have it)").format(document=title)


def formats(competition: Competition) -> str:
    return ", ".join(dict.fromkeys(one.upper() for slot in competition.documents for one in slot.formats))


def criteria(competition: Competition) -> str:
    return _lines([html.quote(words(one.title)) for one in competition.criteria])


def contacts(centre: CallCentre) -> str:
    """Phone, hours, mail and address, a line each."""
    lines = (
        _("Phone: {phone}").format(phone=f"<b>{readable(centre.phone)}</b>"),
        _("Hours: {hours}").format(hours=html.quote(words(centre.hours))),
        _("E-mail: {email}").format(email=html.quote(centre.email)),
        _("Address: {address}").format(address=html.quote(words(centre.address))),
    )
    return "\n".join(lines)


def stage(competition: Competition, stage: Stage) -> str:
    """Where the competition is, and what comes next, in a sentence."""
    dates = competition.dates
    match stage:
        case Stage.ANNOUNCED:
            return _("Announced. Applications open on {day}.").format(day=moment(dates.intake_opens))
        case Stage.INTAKE:
            return _("<b>Open.</b> Applications are taken until {day}.").format(day=until(dates.intake_closes))
        case Stage.TECHNICAL | Stage.COMMISSION | Stage.RESULTS:
            return _("Applications are closed, selection is going on. Results: {day}.").format(
                day=moment(dates.results)
            )
        case Stage.PROJECTS:
            return _("Applications are closed. The winners are carrying out their projects.")
        case Stage.ENDED:
            return _("The competition has ended.")


PLACEHOLDERS: Mapping[str, Callable[[Competition], str]] = {
    "max_amount": lambda one: money(one.maximum),
    "age_from": lambda one: number(one.rules.age.lower),
    "age_to": lambda one: number(one.rules.age.upper),
    "opens": lambda one: moment(one.dates.intake_opens),
    "closes": lambda one: until(one.dates.intake_closes),
    "results": lambda one: moment(one.dates.results),
    "region_quotas": region_quotas,
    "lot_regions": lot_regions,
    "documents": documents,
    "file_formats": formats,
    "file_limit": lambda one: size(min(slot.max_bytes for slot in one.documents)),
    "criteria": criteria,
    "rework_hours": lambda one: number(one.rework.hours),
    "call_centre_phone": lambda one: readable(one.call_centre.phone),
    "call_centre_hours": lambda one: html.quote(words(one.call_centre.hours)),
}
