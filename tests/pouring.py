"""People who pour out what they have to say, each into a request of their own: everything they write is kept in it."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.over_http import until
from tests.person import House, Person

KEPT = "SELECT telegram_id, chat_message_id FROM ticket_message JOIN person ON person.id = writer_id"


async def writers(house: House, many: int) -> list[Person]:
    """So many, each with a request of one message."""
    await house.opens_competition()
    people = [house.person(1001 + number, "ru") for number in range(many)]
    for one in people:
        await one.speaks("ru")
        await one.says("/ask")
        await one.presses("Жалоба")
        await one.says("Никто не отвечает на мои звонки")
    return people


async def pour(house: House, updates: list[dict[str, Any]]) -> None:
    """All at the same moment, to the last answer."""
    intake = house.program.intake
    await asyncio.gather(*map(intake.take, updates))
    await until(lambda: not intake._working, seconds=60)  # in a crowd the commit came before the answer


async def kept(house: House) -> dict[int, list[int]]:
    """The numbers of the messages in each writer's request, in the order in which they were taken."""
    found: dict[int, list[int]] = {}
    for writer, message in await house.rows(f"{KEPT} ORDER BY ticket_message.id"):
        found.setdefault(writer, []).append(message)
    return found
