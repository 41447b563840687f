"""Every measurement runs and says what it should, with a few people for a moment; the figures mean nothing here."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bench import broadcast, call_centre, ledger, memory, processes, reminders, scale, start, updates
from bench.__main__ import PARTS, report
from bench.engines import POSTGRESQL, SQLITE, Engines
from tests.engines import Postgres

Measure = Callable[[Engines], AsyncIterator[str]]
UPDATES_LINE = r"X updates/s by the clock, X by processor time"
AT_A_RATE = r"at X updates/s: median X ms from the update to its answer, pX X ms"
SIZES = r"X: X ms, X: X ms; largest to smallest X"
FIRST_ANSWER = r"X s from the start to the first answer"
ENGINES = (SQLITE, POSTGRESQL)
MANY_TICKETS = r"median X ms, worst X ms"

FEW: dict[str, tuple[Measure, list[str]]] = {
    "updates": (
        lambda found: updates.measure(found, people=2, rounds=1, poured=1),
        [
            f"stock aiogram echo {UPDATES_LINE}",
            *(f"{engine} {UPDATES_LINE}; ratio to the echo X by the clock, X by processor time" for engine in ENGINES),
            f"SQLite {AT_A_RATE}",
            f"PostgreSQL {AT_A_RATE}",
        ],
    ),
    "scale": (
        lambda found: scale.measure(found, {SQLITE: (2, 20), POSTGRESQL: (2, 20)}, times=2, first=2),
        [
            line
            for engine in ENGINES
            for line in (
                f"({engine}: X applications stored in X s)",
                f"({engine}: X applications stored in X s)",
                *(f"{engine} {what} {SIZES}" for what in ("menu", "status", "sending")),
            )
        ],
    ),
    "start": (
        lambda found: start.measure(found, starts=1),
        [f"{name} {FIRST_ANSWER}" for name in ("stock aiogram echo", *ENGINES)],
    ),
    "memory": (
        lambda found: memory.measure(found, updates=1),
        [
            "stock aiogram echo X MB at rest, X MB after X updates",
            *[f"{name} X MB at rest, X MB after X updates; ratio to the echo X and X" for name in ENGINES],
            *[
                f"{name} on the way: X X X X X X X X X X X X X MB, X MB for X X updates since the Xth"
                for name in ("stock aiogram echo", *ENGINES)
            ],
        ],
    ),
    "processes": (
        lambda found: processes.measure(found, people=2, rounds=1),
        [
            "X webhook processes on X cores: X updates/s, X times one; X ms of the processor an update",
        ]
        * 3,
    ),
    "reminders": (
        lambda found: reminders.measure(found, (40,)),
        [
            "X drafts: X s in X transactions, half of them ≤ X ms, X in X ≤ X ms, the longest X ms, X MB at most",
            "X drafts: X ms for a minute in which nothing more is due",
            "X drafts: X ms of processor time to find what one message says",
        ],
    ),
    "ledger": (
        lambda found: ledger.measure(found, (400,)),
        [
            f"{engine} X recipients: X s in X steps, half of them ≤ X ms, longest X ms, X MB more memory"
            for engine in ENGINES
        ],
    ),
    "broadcast": (
        lambda found: broadcast.measure(found, rate=50, many=120, lines=200),
        [
            *(
                line
                for counting, processes in (("bucket", 1), ("window", 1), ("bucket", 2), ("window", 2))
                for name in (f"{counting}, X on {'SQLite' if processes == 1 else 'PostgreSQL'}",)
                for line in (
                    f"{name}: X of X/s used, X refused; in the second half X, X refused "
                    f"({', '.join(['STEP'] * processes)}); each of X heard X to X times",
                    f"{name}: receipt pX X s, pX X s, X of them",
                    f"{name}: reply pX X s, pX X s, X of them",
                )
            ),
            *["X recipients: X MB at most while X messages were sent"] * 2,
        ],
    ),
    "call_centre": (
        lambda found: call_centre.measure(found, rates=((1, 2), (60_000, 100)), many=50),
        [
            "author to operator, one every X s: median X ms, worst X ms (X messages)",
            "author to operator, X a minute: median X ms, pX X ms, worst X ms (X messages)",
            f"desk with X tickets: {MANY_TICKETS}",
            f"queue by kind with X tickets: {MANY_TICKETS}",
        ],
    ),
}


def without_figures(line: str) -> str:
    """The learnt steps of a pace are figures, too."""
    line = re.sub(r"\b(BY_CLOCK|ON_THE_WAY|AFTER_ANSWER)\b", "STEP", line)
    return re.sub(r" +", " ", re.sub(r"[-+]?\d[\d.]*", "X", line))


# Those that start programs of their own take their time; the others show in every run that the frame holds.
LONG = ("updates", "scale", "start", "memory", "processes", "broadcast")


@pytest.mark.parametrize("part", [pytest.param(one, marks=[pytest.mark.soak] if one in LONG else []) for one in FEW])
async def test_a_part_says_what_it_measured(
    part: str, tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measure, lines = FEW[part]
    monkeypatch.setitem(PARTS, part, measure)
    await report([part], Engines(tmp_path, postgres.server))
    _, _, said = capsys.readouterr().out.partition(f"\n{part}\n")
    assert [without_figures(line.strip()) for line in said.splitlines()] == [*lines, "(X s)"]


async def test_without_postgresql_its_lines_are_missing(tmp_path: Path) -> None:
    found = Engines(tmp_path, None)
    assert found.names == (SQLITE,)
    assert (await found.told())[1] == "PostgreSQL: none, its lines are missing"
    assert [line async for line in processes.measure(found)] == []
