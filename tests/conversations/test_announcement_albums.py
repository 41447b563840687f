"""An announcement's album and its words are two messages: whatever comes between them, nobody gets the album twice."""

from __future__ import annotations

import pytest

from bot import persistence
from bot import sender as sender_module
from domain.staff import Role
from sandbox.faults import Fault, FaultKind
from tests.person import House, Person, Upload
from tests.staff import works
from usecases.notify import free_stuck

PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)
FILES = 3


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persistence, "PAUSES", (0.0, 0.0, 0.0))


async def ready(house: House) -> tuple[Person, Person]:
    """Its maker, about to send an album of three with words, and its only reader."""
    await house.opens_competition()
    reader = house.person(1002, "ru", "Данила")
    await reader.speaks("ru")
    chief = await works(house, Role.ADMINISTRATOR, 1, "*")
    await chief.presses("📣 Объявления", "➕ Новое объявление", "По-казахски")
    await chief.says("Сәлем")
    await chief.presses("По-русски")
    await chief.sends_album([Upload(f"{n}.jpg", PNG, "photo") for n in range(FILES)])
    house.clock.goes(seconds=2)
    await house.settle()
    await chief.says("Слова")
    await chief.presses("👥 Кому уйдёт", "➕ Добавить людей", "Роль", "не сотрудники", "Готово", "Готово")
    return chief, reader


def hinder(house: House, reader: Person, kind: FaultKind, times: int) -> None:
    house.telegram.faults.add(Fault(kind, method="sendMessage", times=times, chat_id=reader.account.id, retry_after=60))


async def later(house: House, times: int) -> None:
    for _ in range(times):
        house.program.sender.pace._paused_until = 0
        house.clock.goes(hours=1)
        await house.settle()


def shown(reader: Person, after: int) -> list[str]:
    messages = [one for one in reader.chat.messages if one.from_bot]
    return ["photo" if "photo" in one.data else one.text for one in messages[after:]]


async def ledger(house: House) -> tuple[str, int]:
    """The reader's fate, and how many messages are noted."""
    [(fate, kept)] = await house.rows("select fate, messages from announcement_recipient")
    return fate, str(kept).count(",") + 1 if kept and str(kept) != "null" else 0


@pytest.mark.parametrize(("kind", "times"), [(FaultKind.TOO_MANY, 1), (FaultKind.SERVER_ERROR, 4)])
async def test_after_a_refusal_only_the_words_follow_and_all_of_it_can_be_deleted(
    house: House, kind: FaultKind, times: int
) -> None:
    chief, reader = await ready(house)
    before = len(shown(reader, 0))
    hinder(house, reader, kind, times)
    await chief.presses("🔢 Посчитать", "🚀 Отправить сейчас")
    assert (shown(reader, before), await ledger(house)) == (["photo"] * FILES, ("queued", FILES))
    await later(house, 2)
    assert (shown(reader, before), await ledger(house)) == (["photo"] * FILES + ["Слова"], ("sent", FILES + 1))
    await chief.presses("Открыть №1", "🗑 Удалить отправленное", "Да")
    assert shown(reader, before) == []


async def test_what_was_given_up_is_tried_again_without_the_album(house: House) -> None:
    chief, reader = await ready(house)
    before = len(shown(reader, 0))
    hinder(house, reader, FaultKind.SERVER_ERROR, 4 * 8)
    await chief.presses("🔢 Посчитать", "🚀 Отправить сейчас")
    await later(house, 8)
    assert await ledger(house) == ("failed", FILES)
    await chief.presses("Открыть №1", "🔁 Ещё раз тем, до кого не дошло")
    await later(house, 1)
    assert (shown(reader, before), await ledger(house)) == (["photo"] * FILES + ["Слова"], ("sent", FILES + 1))


async def given_up(house: House) -> tuple[Person, Person, int]:
    """The album has arrived, its words were never taken."""
    chief, reader = await ready(house)
    before = len(shown(reader, 0))
    hinder(house, reader, FaultKind.SERVER_ERROR, 4 * 8)
    await chief.presses("🔢 Посчитать", "🚀 Отправить сейчас")
    await later(house, 8)
    await chief.presses("Открыть №1")
    return chief, reader, before


async def test_the_part_of_what_was_given_up_that_arrived_can_be_deleted(house: House) -> None:
    chief, reader, before = await given_up(house)
    assert shown(reader, before) == ["photo"] * FILES
    assert "• не дошло: 1" in chief.sees
    assert "Дошли только файлы, без текста: 1" in chief.sees
    await chief.presses("🗑 Удалить отправленное", "Да")
    await later(house, 1)
    assert (shown(reader, before), (await ledger(house))[0]) == ([], "deleted")
    await chief.presses("Открыть №1")
    assert "🗑 Удалить отправленное" not in chief.labels


async def test_a_part_that_could_not_be_deleted_can_still_be_completed(house: House) -> None:
    chief, reader, before = await given_up(house)
    house.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="deleteMessages", times=4 * 8))
    await chief.presses("🗑 Удалить отправленное", "Да")
    await later(house, 8)
    assert (shown(reader, before), await ledger(house)) == (["photo"] * FILES, ("failed", FILES))
    await chief.presses("Открыть №1", "🔁 Ещё раз тем, до кого не дошло")
    await later(house, 6)  # by then it is morning
    assert (shown(reader, before), await ledger(house)) == (["photo"] * FILES + ["Слова"], ("sent", FILES + 1))


async def test_killed_between_the_album_and_its_words(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever dies there writes no outcome: the album was noted before."""
    chief, reader = await ready(house)
    before = len(shown(reader, 0))
    hinder(house, reader, FaultKind.TOO_MANY, 1)
    with monkeypatch.context() as dead:
        dead.setattr(sender_module, "_write", lambda *_outcome: None)
        await chief.presses("🔢 Посчитать", "🚀 Отправить сейчас")
    await house.restart()
    house.clock.goes(hours=1)
    assert await house.program.transactions.run(free_stuck)
    await later(house, 1)
    assert (shown(reader, before), await ledger(house)) == (["photo"] * FILES + ["Слова"], ("sent", FILES + 1))
