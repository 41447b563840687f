"""What a person typed becomes the answer to a question of the form, or is refused with a reason, or is doubted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.contacts import parse_email, parse_phone
from domain.dates import parse_date
from domain.draft import Doubt
from domain.form import Answers, Column, Kind, Question
from domain.identity import birth_date_of, parse_iin
from domain.names import parse_name
from domain.numbers import parse_count, parse_money
from domain.refusal import Reason, Refused
from domain.region_names import find_region
from domain.regions import Region

BREAKS = re.compile(r"\s*\n\s*\n\s*")
SPACES = re.compile(r"[^\S\n]+")
MEANING = re.compile(r"\w")


@dataclass(frozen=True)
class Reading:
    """An answer as it would be kept; `doubt`: it is asked about first."""

    value: Any
    doubt: Doubt | None = None


@dataclass(frozen=True)
class Known:
    """What the reading needs to know besides the words; `regions`: all of the order, `offered`: the competition's."""

    answers: Answers
    today: date
    regions: tuple[Region, ...]
    offered: Iterable[str]


def read(one: Question, text: str, known: Known) -> Reading:
    """The answer that a person typed. Refused with the reasons of its kind; NOT_A_CHOICE where buttons are asked."""
    try:
        reader = READERS[one.kind]
    except KeyError:
        raise Refused(Reason.NOT_A_CHOICE) from None
    return reader(one, text, known)


def read_cell(column: Column, text: str) -> Any:
    """One cell of a table. Refused with the reasons of its kind."""
    match column.kind:
        case Kind.COUNT:
            return parse_count(text, 1, column.most)
        case Kind.MONEY:
            return parse_money(text, 1, column.most)
        case _other:
            return SPACES.sub(" ", read_text(text, 1, column.most)).replace("\n", " ")


def read_text(text: str, least: int, most: int) -> str:
    """Free words, tidied of stray spaces. Refused: EMPTY, TOO_SHORT (facts: limit), TOO_LONG (facts: limit, length).

    Lengths are counted as Telegram counts them, in UTF-16 units.
    """
    text = unicodedata.normalize("NFC", SPACES.sub(" ", text.replace("\r\n", "\n")))
    text = "".join(each for each in text if each == "\n" or _visible(each))
    text = BREAKS.sub("\n\n", SPACES.sub(" ", text)).strip()
    if not MEANING.search(text):
        raise Refused(Reason.EMPTY)
    if length(text) < least:
        raise Refused(Reason.TOO_SHORT, limit=least)
    if length(text) > most:
        raise Refused(Reason.TOO_LONG, limit=most, length=length(text))
    return text


def length(text: str) -> int:
    """How long Telegram takes a text to be: UTF-16 code units, so that an emoji counts two."""
    return len(text.encode("utf-16-le")) // 2


def dates_differ(iin: str | None, birth_date: str | None) -> bool:
    """Whether both are known and the IIN's digits suggest another birth date. Never an error: only asked about."""
    suggested = birth_date_of(iin) if iin else None
    return bool(suggested and birth_date and suggested.isoformat() != birth_date)


def _visible(letter: str) -> bool:
    """Neither a control character nor one that turns the direction of writing."""
    return (
        unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn") and letter not in "\u202a\u202b\u202c\u202d\u202e"
    )


def _iin(_one: Question, text: str, known: Known) -> Reading:
    iin = parse_iin(text)
    differ = dates_differ(iin, known.answers.get("birth_date"))
    return Reading(iin, Doubt.DATES_DIFFER if differ else Doubt.READ_BACK)


def _date(_one: Question, text: str, known: Known) -> Reading:
    born = parse_date(text, today=known.today).isoformat()
    return Reading(born, Doubt.DATES_DIFFER if dates_differ(known.answers.get("iin"), born) else None)


def _phone(_one: Question, text: str, _known: Known) -> Reading:
    phone = parse_phone(text)
    return Reading(phone.e164, Doubt.FOREIGN_PHONE if phone.foreign else None)


def _region(_one: Question, text: str, known: Known) -> Reading:
    region = find_region(text, known.regions)
    if region.kato not in known.offered:
        raise Refused(Reason.REGION_ELSEWHERE, region=region.kato, regions=tuple(known.offered))
    return Reading(region.kato)


READERS: Mapping[Kind, Callable[[Question, str, Known], Reading]] = {
    Kind.NAME: lambda one, text, known: Reading(parse_name(text)),
    Kind.IIN: _iin,
    Kind.DATE: _date,
    Kind.PHONE: _phone,
    Kind.EMAIL: lambda one, text, known: Reading(parse_email(text)),
    Kind.TEXT: lambda one, text, known: Reading(read_text(text, one.least, one.most)),
    Kind.COUNT: lambda one, text, known: Reading(parse_count(text, one.least, one.most)),
    Kind.REGION: _region,
}
