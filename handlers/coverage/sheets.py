"""Coverage as sheets of a spreadsheet: words are found now, in the person's language, bytes are made later."""

from __future__ import annotations

from collections import Counter

from domain.coverage import Coverage, Outreach, OutreachVersion, percent
from handlers.coverage.texts import CHANNELS, ENTRIES, SOURCES, method, place_words
from handlers.language import _, words
from handlers.screen import Attachment
from handlers.spreadsheet import Cell, Sheet, xlsx
from usecases.coverage import CoverageView, Links


def spreadsheet(view: CoverageView, links: Links) -> Attachment:
    """Lots, people by region and channel and month, links, entries with every version, and the method."""
    sheets = [_lots(view), _people(view), _links(links), _entries(view), _method()]
    return Attachment(f"coverage-{view.year}.xlsx", lambda: xlsx(sheets))


def lot_head() -> list[str]:
    return [
        _("Lot"),
        _("Year"),
        _("Goal"),
        _("Each person once"),
        _("Share of the goal, %"),
        *(say() for say in CHANNELS.values()),
        _("People at events"),
        _("Views of posts"),
        _("At most, with repeats"),
    ]


def lot_line(one: Coverage) -> list[Cell]:
    channels = one.by_channel()
    told: list[Cell] = [one.lot, one.year, one.goal, one.people, percent(one.people, one.goal)]
    return [*told, *(channels[channel] for channel in CHANNELS), one.attended, one.read, one.at_most]


def _lots(view: CoverageView) -> Sheet:
    unplaced: list[Cell] = [_("Region not named"), view.year, None, view.unplaced]
    return Sheet(_("Lots"), lot_head(), [*(lot_line(one) for one in view.lots), unplaced])


def _people(view: CoverageView) -> Sheet:
    head = [_("Lot"), _("Region"), _("First reached by"), _("Month"), _("People")]
    counted: Counter[tuple[str, str, str, str]] = Counter()
    for lot in view.lots:
        for one in lot.tallies:
            region = place_words(one.lot, one.region) if one.region else _("Region not named")
            counted[one.lot, region, CHANNELS[one.channel](), f"{one.day:%Y-%m}"] += one.people
    return Sheet(_("People"), head, [[*key, people] for key, people in sorted(counted.items())])


def _links(links: Links) -> Sheet:
    head = [_("Lot"), _("Region"), _("Kind"), _("Name"), _("Place"), _("Code")]
    head += [_("Came"), _("First reached by it"), _("Checked"), _("Began an application"), _("Applied")]
    lines: list[list[Cell]] = []
    for source, visits in links:
        region = place_words(source.lot, source.region) if source.region else ""
        told: list[Cell] = [source.lot, region, SOURCES[source.kind](), words(source.name), source.place, source.code]
        lines.append([*told, visits.came, visits.first, visits.checked, visits.began, visits.applied])
    return Sheet(_("Links"), head, lines)


def _entries(view: CoverageView) -> Sheet:
    head = [_("Lot"), _("Number"), _("Kind"), _("Version"), _("Region"), _("Date"), _("People"), _("Place")]
    head += [_("Link"), _("Proofs"), _("Counted"), _("Entered by"), _("Entered on")]
    return Sheet(
        _("Events and posts"), head, [line for lot in view.lots for one in lot.outreach for line in _each(one)]
    )


def _each(one: Outreach) -> list[list[Cell]]:
    """A line for every version: the last one counts, if it is proved and not taken out."""
    lines: list[list[Cell]] = []
    for each in one.versions:
        region = place_words(one.lot, each.region) if each.region else ""
        told: list[Cell] = [one.lot, one.id, ENTRIES[one.kind](), each.number, region, each.day.isoformat()]
        told += [each.people, each.place, each.link, len(one.proofs), _counted(one, each)]
        lines.append([*told, each.by, each.on.isoformat()])
    return lines


def _counted(one: Outreach, version: OutreachVersion) -> str:
    """Whether this version counts; if not, why."""
    if version is not one.now:
        return _("no: corrected since")
    if version.withdrawn:
        return _("no: taken out")
    return _("yes") if one.proved else _("no: proof awaited")


def _method() -> Sheet:
    return Sheet(_("Method"), [method()], [])
