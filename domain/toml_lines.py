"""A TOML file with the line of every key, so that whoever wrote it is told where a fault is.

The standard parser gives no lines for what it has read. But a statement of TOML always ends with a line,
and the same parser says of any run of lines whether it is a whole statement: so the file is cut into
statements by asking it. A line that is no TOML is set aside with its fault and the rest is read as if the
line were empty, so that one slip does not hide the others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.competition_faults import Fault, FaultReason

Path = tuple[str | int, ...]

MOST_SLIPS = 20
POSITION = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
TWICE = re.compile(r"Cannot (?:declare|overwrite|define|mutate)|Duplicate")


@dataclass
class Lines:
    """What was read: the values, the line of every path, and the lines set aside as no TOML."""

    values: dict[str, Any] = field(default_factory=dict)
    at: dict[Path, int] = field(default_factory=dict)
    aside: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True  # False: too broken to judge what the rest says

    def line(self, path: Path) -> int:
        """The line of this path, or of the nearest table around it; 1 when there is none."""
        return next((self.at[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.at), 1)


def read_lines(text: str) -> Lines:
    """Read TOML; never raises: what is no TOML is in `faults`."""
    lines = Lines()
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    while (problem := _problem("\n".join(rows))) is not None:
        row, fault = _located(rows, *problem)
        lines.faults.append(fault)
        if not _can_go_on(rows[row], fault) or len(lines.faults) >= MOST_SLIPS:
            lines.whole = False
            return lines
        lines.aside.append(rows[row])
        rows[row] = ""
    lines.values = tomllib.loads("\n".join(rows))
    lines.at = _paths(rows)
    return lines


def dotted(path: Path) -> str:
    """ "documents[2].title.kk": lists are counted from one."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _problem(text: str) -> tuple[int, str] | None:
    """(row, the parser's words) of the first thing that is no TOML."""
    try:
        tomllib.loads(text)
    except RecursionError:
        return 0, "Nested too deep"
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        found = POSITION.search(str(error))
        row = int(found["line"]) - 1 if found and found["line"] else text.count("\n")
        return row, POSITION.sub("", str(error))
    return None


def _located(rows: list[str], row: int, detail: str) -> tuple[int, Fault]:
    """The row to blame. An unclosed bracket or string is noticed below where it stands: look upwards for it."""
    if TWICE.match(detail):
        return row, Fault(row + 1, rows[row].strip(), FaultReason.DUPLICATE_KEY)
    culprit = next((above for above in range(row, -1, -1) if _problem(rows[above]) is not None), row)
    return culprit, Fault(culprit + 1, rows[culprit].strip(), FaultReason.SYNTAX, {"detail": detail})


def _can_go_on(row: str, fault: Fault) -> bool:
    """Not without a table's header, nor from the middle of a value that goes over several lines."""
    begun = any(row.count(quotes) % 2 for quotes in ('"""', "'''"))
    one_line = "=" in row and not row.lstrip().startswith("[") and not begun
    return one_line and not (fault.reason is FaultReason.SYNTAX and row.count("[") > row.count("]"))


def _paths(rows: list[str]) -> dict[Path, int]:
    """The line of every key of a text that is TOML."""
    at: dict[Path, int] = {}
    table: Path = ()
    sizes: dict[Path, int] = {}
    for line, statement in _statements(rows):
        keys = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _header(keys, sizes, repeated=statement.lstrip().startswith("[["))
            at.setdefault(table, line)
        else:
            for path in _keys(keys):
                at.setdefault(table + path, line)
    return at


def _statements(rows: list[str]) -> Iterator[tuple[int, str]]:
    """(line, statement): the shortest runs of rows that are TOML by themselves."""
    begun, statement = 1, ""
    for line, row in enumerate(rows, 1):
        if not statement:
            begun = line
        statement += row + "\n"
        if _problem(statement) is None:
            yield begun, statement
            statement = ""


def _header(keys: dict[str, Any], sizes: dict[Path, int], *, repeated: bool) -> Path:
    """The path a table's header opens, through the last of every list of tables on the way."""
    names = []
    inner: Any = keys
    while isinstance(inner, dict) and inner:
        name, inner = next(iter(inner.items()))
        names.append(name)
    path: Path = ()
    for place, name in enumerate(names, 1):
        path = (*path, name)
        if repeated and place == len(names):
            sizes[path] = sizes.get(path, 0) + 1
        if path in sizes:
            path = (*path, sizes[path] - 1)
    return path


def _keys(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every path inside a value, outermost first."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from _keys(part, (*path, key))
