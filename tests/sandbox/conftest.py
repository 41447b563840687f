"""A Telegram with a clock that stands until it is moved, and one person who has pressed Start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiogram import Bot

from sandbox import Telegram
from sandbox.person import Person
from sandbox.session import SandboxSession

TOKEN = "4242:SANDBOX"


@dataclass
class Clock:
    time: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    return Telegram(clock=clock)


@pytest.fixture
def aigerim(telegram: Telegram) -> Person:
    """In her chat already, with nothing left to be fetched by the bot."""
    person = telegram.person(1001, first_name="Айгерім", language_code="kk", phone="77010000001")
    person.starts()
    telegram.updates.drop()
    return person


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, session=SandboxSession(telegram)) as bot:
        yield bot
