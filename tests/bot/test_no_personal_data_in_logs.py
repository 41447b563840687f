"""What people write, and the bot's token, never reach the logs: not in good times, and not with any error."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog
from sqlalchemy import text

from bot import persistence
from bot.intake import intake as intake_module
from bot.intake import machine
from bot.log import set_up_logs
from bot.turns import Turns
from sandbox.faults import Fault, FaultKind
from tests.applicant import AIGERIM
from tests.conversations.test_whole_application import an_applicant, whole
from tests.person import House

TOKEN = "tests-have-no-token"
NAME = "Айгерім-Құпия"
WORDS = (NAME, TOKEN, "990504200018", "990504 2 0001 8", "77010000001", "7010000001", "2001-05-04",
         *(said for said in AIGERIM.said.values() if len(said) > 4))  # fmt: skip


@dataclass
class Logs:
    """Logs as in production, and what they say."""

    capsys: pytest.CaptureFixture[str]
    readable: bool

    def begin(self) -> None:
        """Within the test: pytest gives each of its phases a standard error of its own."""
        logging.getLogger().handlers.clear()
        set_up_logs(readable=self.readable)

    def say(self, *expected: str) -> None:
        """All of these, and none of the words; JSON writes Cyrillic letters as numbers."""
        seen = "".join(self.capsys.readouterr())
        assert [word for word in WORDS if word in seen or json.dumps(word)[1:-1] in seen] == []
        assert [line for line in expected if line not in seen] == []


@pytest.fixture(params=[True, False], ids=["readable", "json"])
def logs(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Logs]:
    before, handlers = structlog.get_config(), logging.getLogger().handlers
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(intake_module, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(persistence, "PAUSES", (0.0, 0.0, 0.0))
    yield Logs(capsys, request.param)
    structlog.configure(**before)
    logging.getLogger().handlers = handlers


async def test_a_whole_application_with_telegrams_bad_moments(house: House, logs: Logs) -> None:
    logs.begin()
    await house.opens_competition()
    house.person(1001, "kk", NAME)
    applicant = await an_applicant(house, "kk")
    house.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="getFile"))
    await whole(applicant)
    house.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="sendMessage", times=4))
    await house.program.intake.take(house.person(1001).account.says(AIGERIM.said["goal"]))
    await house.settle()
    logs.say("answer not shown")


@pytest.mark.parametrize("kind", ["python", "database", "types"])
async def test_an_update_that_fails_with_the_words_in_its_error(
    house: House, logs: Logs, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    logs.begin()
    goal, iin = AIGERIM.said["goal"], AIGERIM.said["iin"]
    aigerim = house.person(1001, "kk", NAME)
    await aigerim.speaks("kk")
    monkeypatch.setattr(machine, "PAUSE", 0.0)

    usual = Turns.take

    async def fails(self: Turns, bot: Any, raw: dict[str, Any]) -> None:
        if kind == "types":
            await usual(self, bot, raw)
        if kind == "python":
            raise RuntimeError(f"{goal} {iin} {bot.token} {raw!r}")
        await self.transactions.database.transaction(
            lambda session: session.execute(text("INSERT INTO nowhere VALUES (:a, :b)"), {"a": goal, "b": iin})
        )

    monkeypatch.setattr(Turns, "take", fails)
    await house.restart()
    update = aigerim.account.says(f"{goal} {iin}")
    if kind == "types":
        update["message"]["date"] = goal
    await house.program.intake.take(update)
    [(error,)] = await house.rows("SELECT error FROM set_aside_update")
    assert not any(word in error for word in WORDS)
    logs.say("update failed", "update set aside")


def test_a_librarys_line_about_an_exception(logs: Logs) -> None:
    logs.begin()
    error = RuntimeError(f"{AIGERIM.said['goal']} {TOKEN}")
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: %r", error, exc_info=error)
    logging.getLogger("aiohttp.server").warning("usual %s", "words")
    logs.say("ERROR asyncio RuntimeError\n", "WARNING aiohttp.server usual words")


async def test_an_error_of_the_database_never_says_what_was_written(house: House) -> None:
    with pytest.raises(Exception, match=r"no such table|does not exist") as caught:
        await house.rows("INSERT INTO nowhere VALUES (:iin)", iin=AIGERIM.said["iin"])
    assert AIGERIM.said["iin"] not in str(caught.value)
