"""What must hold between the settings of a competition: dates in order, quotas within the order's, and so on.

Each check looks only at values that were read right, so that one slip is told once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from domain.competition import MeetingKind, ReferenceDate
from domain.competition_faults import Fault, FaultReason
from domain.competition_reading import Reading
from domain.competition_schema import WEEKDAYS
from domain.contacts import parse_phone
from domain.local_time import local_day
from domain.regions import LANGUAGES, Order, Words

MAXIMUM = 1_000_000  # tenge for one project, by the ministerial order
# In the order of time; the ones that may fall together are the results, published as the commission ends.
STAGES = (
    "campaign_from",
    "intake_opens",
    "intake_closes",
    "technical_until",
    "commission_until",
    "results",
    "projects_until",
)
TOGETHER = {("campaign_from", "intake_opens"), ("commission_until", "results")}


def faults_between(reading: Reading, order: Order, rules_text: Words) -> Iterator[Fault]:
    """What keeps the competition from being put in force."""
    yield from _dates(reading)
    yield from _meetings(reading)
    yield from _age(reading)
    yield from _lot(reading, order)
    yield from _documents(reading)
    yield from _criteria(reading)
    yield from _rules(reading, rules_text)
    yield from _week(reading)
    maximum = reading.get("competition", "maximum")
    if maximum is not None and maximum > MAXIMUM:
        yield reading.at(("competition", "maximum"), FaultReason.OVER_MAXIMUM, maximum=MAXIMUM)


def warnings_between(reading: Reading, order: Order, rules_text: Words) -> Iterator[Fault]:
    """What somebody should know before putting it in force."""
    yield from _quotas_not_ordered(reading, order)
    yield from _little_time(reading)
    if reading.get("eligibility", "age_fixed_date") and not _counted_on_fixed(reading):
        yield reading.at(("eligibility", "age_fixed_date"), FaultReason.FIXED_DATE_UNUSED)
    phone = reading.get("call_centre", "phone")
    if phone and parse_phone(phone).foreign:
        yield reading.at(("call_centre", "phone"), FaultReason.FOREIGN_PHONE)
    kk, ru = (_headings(rules_text.of(language)) for language in LANGUAGES)
    if kk and ru and kk != ru:
        yield reading.at(("rules",), FaultReason.RULES_DIFFER, kk=kk, ru=ru)


def _dates(reading: Reading) -> Iterator[Fault]:
    known = [stage for stage in STAGES if reading.get("dates", stage) is not None]
    for earlier, later in pairwise(known):
        gap = reading.get("dates", later) - reading.get("dates", earlier)
        if gap < timedelta(0) or (gap == timedelta(0) and (earlier, later) not in TOGETHER):
            yield reading.at(("dates", later), FaultReason.DATES_OUT_OF_ORDER, earlier=earlier, later=later)


def _meetings(reading: Reading) -> Iterator[Fault]:
    """Trainings and pitches before the results, the final event after them."""
    for kind in MeetingKind:
        begins, results = reading.get("meetings", kind, "begins"), reading.get("dates", "results")
        order = ("results", str(kind)) if kind is MeetingKind.FINAL_EVENT else (str(kind), "results")
        if begins and results and begins != results and (begins > results) != (order[1] == kind):
            path = ("meetings", kind, "begins")
            yield reading.at(path, FaultReason.DATES_OUT_OF_ORDER, earlier=order[0], later=order[1])


def _age(reading: Reading) -> Iterator[Fault]:
    lower, upper = reading.get("eligibility", "age_from"), reading.get("eligibility", "age_to")
    if lower and upper and lower > upper:
        yield reading.at(("eligibility", "age_to"), FaultReason.AGE_REVERSED, lower=lower, upper=upper)
    fixed = ("eligibility", "age_fixed_date")
    if _counted_on_fixed(reading) and "age_fixed_date" not in reading.lines.values["eligibility"]:
        yield reading.at(fixed, FaultReason.MISSING, key="age_fixed_date")


def _counted_on_fixed(reading: Reading) -> bool:
    return bool(reading.get("eligibility", "age_counted_on") == ReferenceDate.FIXED)


def _lot(reading: Reading, order: Order) -> Iterator[Fault]:
    code = reading.get("competition", "lot")
    if code is None:
        return
    lot = {region.kato: region for region in order.lot(code)}
    if not lot:
        lots = tuple(dict.fromkeys(region.lot for region in order.regions))
        yield reading.at(("competition", "lot"), FaultReason.UNKNOWN_LOT, lot=code, options=lots)
        return
    quotas: dict[str, int] = reading.get("quotas") or {}
    elsewhere = {region.kato: region.lot for region in order.regions if region.kato not in lot}
    for kato in quotas.keys() - lot.keys():
        reason = FaultReason.REGION_OF_ANOTHER_LOT if kato in elsewhere else FaultReason.UNKNOWN_REGION
        facts = {"lot": elsewhere[kato]} if kato in elsewhere else {}
        yield reading.at(("quotas", kato), reason, kato=kato, options=tuple(lot), **facts)
    limit = sum(region.quota for region in lot.values())
    if sum(quotas.values()) > limit:
        yield reading.at(("quotas",), FaultReason.QUOTA_OVER_LOT, total=sum(quotas.values()), limit=limit)


def _documents(reading: Reading) -> Iterator[Fault]:
    yield from _keys_once(reading, "documents")
    for place in range(reading.count("documents")):
        least, most = (reading.get("documents", place, key) for key in ("min_files", "max_files"))
        if least and most and least > most:
            path = ("documents", place, "min_files")
            yield reading.at(path, FaultReason.FILES_REVERSED, min_files=least, max_files=most)


def _criteria(reading: Reading) -> Iterator[Fault]:
    yield from _keys_once(reading, "criteria")
    known = {reading.get("criteria", place, "key") for place in range(reading.count("criteria"))}
    if not known or None in known:  # a criterion whose key is wrong has its own fault
        return
    for place, key in enumerate(reading.get("selection", "tie_break") or ()):
        if key not in known:
            path = ("selection", "tie_break", place)
            yield reading.at(path, FaultReason.UNKNOWN_CRITERION, key=key, options=tuple(sorted(known)))


def _keys_once(reading: Reading, tables: str) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for place in range(reading.count(tables)):
        key = reading.get(tables, place, "key")
        seen.update([key] if key else [])
        if key and seen[key] > 1:
            yield reading.at((tables, place, "key"), FaultReason.SAME_TWICE, value=key)


def _rules(reading: Reading, rules_text: Words) -> Iterator[Fault]:
    for language in LANGUAGES:
        if not rules_text.of(language).strip():
            yield reading.at(("rules", language), FaultReason.RULES_MISSING, language=language)
        elif not _headings(rules_text.of(language)):
            yield reading.at(("rules", language), FaultReason.RULES_WITHOUT_HEADINGS, language=language)


def _week(reading: Reading) -> Iterator[Fault]:
    """A week without a working hour has no deadline ever."""
    week = ("call_centre", "week")
    known = [reading.get(*week, day) for day in WEEKDAYS]
    if week[1] in reading.lines.values.get(week[0], {}) and None not in known and not any(known):
        yield reading.at(week, FaultReason.EMPTY)
    for place, day in enumerate(reading.get("call_centre", "days_worked") or ()):
        if day in (reading.get("call_centre", "days_off") or ()):
            yield reading.at(("call_centre", "days_worked", place), FaultReason.SAME_TWICE, value=str(day))


def _headings(text: str) -> int:
    return sum(line.startswith("## ") for line in text.splitlines())


def _quotas_not_ordered(reading: Reading, order: Order) -> Iterator[Fault]:
    quotas: dict[str, int] = reading.get("quotas") or {}
    for region in order.lot(reading.get("competition", "lot") or ""):
        quota = quotas.get(region.kato)
        if quotas and quota is None:
            yield reading.at(("quotas",), FaultReason.REGION_WITHOUT_QUOTA, kato=region.kato)
        elif quota is not None and quota != region.quota:
            facts = {"kato": region.kato, "quota": quota, "ordered": region.quota}
            yield reading.at(("quotas", region.kato), FaultReason.QUOTA_DIFFERS, **facts)


def _little_time(reading: Reading) -> Iterator[Fault]:
    closes, until = reading.get("dates", "intake_closes"), reading.get("dates", "technical_until")
    hours = reading.get("competition", "rework_hours")
    if closes and until and hours and until - closes < timedelta(hours=hours):
        available = (until - closes) // timedelta(hours=1)
        path = ("competition", "rework_hours")
        yield reading.at(path, FaultReason.REWORK_SHORT, hours=hours, available=available)
    year, opens = reading.get("competition", "year"), reading.get("dates", "intake_opens")
    if year and opens and local_day(opens).year != year:
        yield reading.at(("competition", "year"), FaultReason.YEAR_DIFFERS, year=year, opens=local_day(opens).year)
