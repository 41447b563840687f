"""What lines of an uploaded list name: numbers of applications, telephone numbers; each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.contacts import masked, parse_phone
from domain.refusal import Refused

SHOWN = 5  # lines that are told as an example
LONGEST_SHOWN = 40  # characters of one
NUMBER = re.compile(r"(?<![0-9])([0-9]{2,9})[-\u2010-\u2015\u2212]([0-9]{4})[-\u2010-\u2015\u2212]([0-9]{6})(?![0-9])")
CELLS = re.compile(r"[\t;,|\"']+")
HOME = re.compile(r"(?:\+?7|8)?(7[0-9]{9})")  # the usual writings, read without asking further
MOST_CELLS = 60  # of a line


@dataclass(frozen=True)
class Entries:
    """`numbers` of applications and `phones` (E.164), each once; `twice`: how often one came again.

    `unread`: how many lines name neither; `examples`: the first of them, all digits but the last two hidden.
    """

    numbers: tuple[str, ...]
    phones: tuple[str, ...]
    twice: int = 0
    unread: int = 0
    examples: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return len(self.numbers) + len(self.phones)


def entries_of(lines: Iterable[str]) -> Entries:
    """Read a list. A first line without any digit is its heading."""
    numbers: dict[str, None] = {}
    phones: dict[str, None] = {}
    named = unread = 0
    examples: list[str] = []
    for place, line in enumerate(lines):
        found = _of_line(line)
        named += len(found)
        for one in found:
            (phones if one.startswith("+") else numbers)[one] = None
        if not found and (place or re.search("[0-9]", line)):
            unread += 1
            examples += [hidden(line)] if len(examples) < SHOWN else []
    twice = named - len(numbers) - len(phones)
    return Entries(tuple(numbers), tuple(phones), twice, unread, tuple(examples))


def hidden(line: str) -> str:
    """A line as far as it is shown: of its digits the last two."""
    return re.sub(r"[0-9](?=(?:[^0-9]*[0-9]){2})", "•", line.replace("\t", " "))[:LONGEST_SHOWN]


def shown_entry(one: str) -> str:
    """An entry as far as it is told: a telephone number masked."""
    return masked(one) if one.startswith("+") else one


def _of_line(line: str) -> list[str]:
    numbers = ["-".join(parts) for parts in NUMBER.findall(line)]
    cells = CELLS.split(NUMBER.sub("\t", line))[:MOST_CELLS]
    return [*numbers, *(phone for cell in cells for phone in _phones(cell.strip()))]


def _phones(cell: str) -> Iterator[str]:
    """A number with spaces of its own; else several with spaces between them."""
    if phone := _phone(cell):
        yield phone
    else:
        yield from filter(None, map(_phone, cell.split()[:MOST_CELLS]))


def _phone(text: str) -> str:
    """In E.164, or nothing. Another country's only with its plus sign: else any long number would be one."""
    digits = re.sub(r"[\s()\-]", "", text)
    if len(digits) < 10:
        return ""
    if usual := HOME.fullmatch(digits):
        return f"+7{usual[1]}"
    try:
        phone = parse_phone(text)
    except Refused:
        return ""
    return phone.e164 if text.startswith("+") or not phone.foreign else ""
