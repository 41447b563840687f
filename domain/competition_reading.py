"""Walking a competition's file along its schema: what is there, what is missing, what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from domain.competition_faults import Fault, FaultReason
from domain.competition_schema import Field, Group
from domain.competition_values import Wrong, converted, nearest
from domain.toml_lines import Lines, Path, dotted


@dataclass
class Reading:
    """A file being read: its lines, the values that are right, the faults so far."""

    lines: Lines
    values: dict[Path, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, reason: FaultReason, **facts: Any) -> None:
        """Note a fault; what is missing because its line was set aside as no TOML has its fault already."""
        set_aside = reason is FaultReason.MISSING and any(str(path[-1]) in row for row in self.lines.aside)
        if not set_aside:
            self.faults.append(self.at(path, reason, **facts))

    def at(self, path: Path, reason: FaultReason, **facts: Any) -> Fault:
        return Fault(self.lines.line(path), dotted(path), reason, facts)

    def get(self, *path: str | int) -> Any:
        """The value of this path; None when it is not there or not right."""
        return self.values.get(path)

    def count(self, *path: str) -> int:
        """How many tables this list of tables has, right or wrong."""
        value = self.lines.values.get(path[0])
        return len(value) if isinstance(value, list) else 0


def read_group(reading: Reading, group: Group, raw: Any, path: Path = ()) -> None:
    """Read a table of the file; every right value comes into `reading.values`, every fault into its faults."""
    if not isinstance(raw, dict):
        reading.fault(path, FaultReason.WRONG_TYPE, wanted="table")
        return
    for key, known in group.fields.items():
        if key in raw:
            _read(reading, known, raw[key], (*path, key))
        else:
            _absent(reading, known, (*path, key))
    for key in raw.keys() - group.fields.keys():
        reading.fault((*path, key), FaultReason.UNKNOWN_KEY, key=key, suggestion=nearest(key, group.fields))


def _read(reading: Reading, known: Field | Group, raw: Any, path: Path) -> None:
    if isinstance(known, Field):
        _read_field(reading, known, raw, path)
    elif not known.many:
        read_group(reading, known, raw, path)
    elif not isinstance(raw, list):
        reading.fault(path, FaultReason.WRONG_TYPE, wanted="tables")
    elif not raw:
        reading.fault(path, FaultReason.EMPTY)
    else:
        for place, one in enumerate(raw):
            read_group(reading, known, one, (*path, place))


def _read_field(reading: Reading, known: Field, raw: Any, path: Path) -> None:
    value, wrongs = converted(raw, known)
    for wrong in wrongs:
        _note(reading, wrong, path)
    if not wrongs:
        reading.values[path] = value


def _note(reading: Reading, wrong: Wrong, path: Path) -> None:
    reading.fault((*path, *wrong.below), wrong.reason, **wrong.facts)


def _default(reading: Reading, known: Field | Group, path: Path) -> None:
    if isinstance(known, Field):
        reading.values[path] = known.default
    else:
        for key, below in known.fields.items():
            _default(reading, below, (*path, key))


def _absent(reading: Reading, known: Field | Group, path: Path) -> None:
    if not known.required:
        _default(reading, known, path)
    else:
        reading.fault(path, FaultReason.MISSING, key=str(path[-1]))
