"""An update leaves nothing behind that only the garbage collector could free: that looks rarely, and memory grew so."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvloop

from bench.conversation import prepare, the_form, update
from bench.engines import SQLITE, Engines
from bench.in_process import in_process
from bench.instant import Instant
from bot.intake.intake import Intake
from bot.intake.machine import Languages
from bot.own_messages import OwnMessages
from bot.pace import Limits, Pace
from db.vault import Vault

WARM, PEOPLE = range(1, 4), range(4, 7)
OURS = {"InLine", "Line", "Task", "Context", "Timeout", "TimerHandle", "coroutine", "Inside", "SessionTransaction"}


@contextmanager
def what_only_the_collector_frees() -> Iterator[Counter[str]]:
    """How many objects of which types the block leaves in circles."""
    found: Counter[str] = Counter()
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield found
        gc.collect()
        found.update(type(one).__name__ for one in gc.garbage)
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


async def they_answer(intake: Intake, people: range) -> None:
    """The form, then what is refused there, the menu and the status."""
    for person in people:
        steps = [*the_form(person), *(update(person, {"text": words}) for words in ("?", "/menu", "/status"))]
        for number, step in enumerate([*steps, steps[1]]):  # an old button at last
            await intake.take({"update_id": person * 1000 + number, **step})
    await asyncio.sleep(0)


def test_an_update_leaves_no_circle_of_objects(tmp_path: Path) -> None:
    """In uvloop, as the program runs: its timers hold what they are for."""

    async def left() -> Counter[str]:
        engines, key = Engines(tmp_path, None), Vault.new_key()
        url, lifted = await engines.new(SQLITE, "memory"), Limits(permits=10**9, window=0.0, burst=10**9)
        async with in_process(engines, url, key=key, session=Instant(), limits=lifted) as program:
            await prepare(program.database, program.vault, range(WARM.start, PEOPLE.stop))
            await they_answer(program.intake, WARM)  # what is made once stays
            with what_only_the_collector_frees() as found:
                await they_answer(program.intake, PEOPLE)
        return found

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(left())
    assert {name: many for name, many in found.items() if name in OURS} == {}, found


@pytest.fixture
def ten(monkeypatch: pytest.MonkeyPatch) -> int:
    """Of so many chats the program remembers something; of more it forgets who came first."""
    for name in ("bot.own_messages.KNOWN_CHATS", "bot.intake.machine.REMEMBERED", "bot.pace.KNOWN_CHATS"):
        monkeypatch.setattr(name, 10)
    return 10


async def test_what_is_kept_of_chats_is_bounded(ten: int) -> None:
    own, languages = OwnMessages(), Languages()
    pace = Pace(Limits(permits=5, window=0.0, burst=1))
    for chat in range(1, 3 * ten):
        own.note(chat, 100 + chat, copied=False)
        languages.note(chat, "ru")
        async with pace.permit(chat):
            pass
    assert list(own._oldest) == list(languages._known) == list(range(2 * ten, 3 * ten))
    assert len(pace._chats) <= ten
    assert len(pace._answered) <= pace.permits
