"""Every fault of a call that the sandbox can bring about, over real HTTP: each is survived and answered.

What befalls updates and files: `test_faults_of_updates.py`, `test_storm.py`.
"""

from __future__ import annotations

import pytest

from sandbox.faults import Fault, FaultKind
from tests.at_work import AtWork, shown
from tests.over_http import until

NEVER = 60.0  # seconds: longer than anybody waits here


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        (Fault(FaultKind.TOO_MANY, "sendMessage", retry_after=1), 1),
        (Fault(FaultKind.SERVER_ERROR, "sendMessage", code=502, times=3), 1),
        (Fault(FaultKind.TIMEOUT, "sendMessage", seconds=0.1), 1),
        (Fault(FaultKind.TIMEOUT, "sendMessage", seconds=0.1, accepted=True), 2),
        (Fault(FaultKind.CUT_BEFORE, "sendMessage", times=3), 1),
        (Fault(FaultKind.CUT_AFTER, "sendMessage"), 2),
        (Fault(FaultKind.SLOW, "sendMessage", seconds=0.3), 1),
    ],
    ids=lambda value: f"{value.kind}{'-accepted' * value.accepted}" if isinstance(value, Fault) else "",
)
async def test_an_answer_is_shown_whatever_befalls_it(bot: AtWork, fault: Fault, copies: int) -> None:
    """Twice only where Telegram had taken it and the news of that was lost: nobody could know."""
    await an_answer_meets(bot, fault, copies)


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        (Fault(FaultKind.TIMEOUT, "sendMessage", seconds=NEVER), 1),
        (Fault(FaultKind.TIMEOUT, "sendMessage", seconds=NEVER, accepted=True), 2),
        (Fault(FaultKind.SLOW, "sendMessage", seconds=NEVER), 2),
    ],
    ids=["before", "after", "slow"],
)
async def test_a_call_that_takes_too_long_is_given_up_and_made_again(bot: AtWork, fault: Fault, copies: int) -> None:
    """Our own patience ends, not the connection: before Telegram took the message, and after."""
    bot.program.bot.session.timeout = 0.4
    await an_answer_meets(bot, fault, copies)


async def an_answer_meets(bot: AtWork, fault: Fault, copies: int) -> None:
    """One person's answer meets the fault; another goes on beside; it is shown so often, and kept once."""
    [one, other, _third] = bot.people
    await one.phone.says("/apply")
    before = len(shown(one))
    bot.fault(**{**vars(fault), "chat_id": one.phone.account.id})
    said = one.phone.account.says("Instagram парақшасы")
    await other.phone.says("/apply")
    await until(bot.acknowledged)
    assert bot.faults.waiting == []
    assert (shown(one)[-1] == shown(one)[-copies], len(shown(one)) - before) == (True, copies)
    assert one.phone.glance.handled(said["update_id"])
    assert one.phone.glance.cursor(one.phone.account.id).startswith("budget")


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText"])
@pytest.mark.parametrize(
    "kind", [FaultKind.TOO_MANY, FaultKind.SERVER_ERROR, FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER, FaultKind.TIMEOUT]
)
async def test_a_press_is_answered_once_whatever_befalls_it(bot: AtWork, method: str, kind: FaultKind) -> None:
    one = bot.people[0]
    await one.phone.says("/apply")
    before = len(shown(one))
    bot.fault(kind, method, retry_after=1)
    query = await pressed(bot, "Пауза")
    assert bot.faults.waiting == []
    assert [answer.query_id for answer in one.phone.chat.answers].count(query) == 1
    assert len(shown(one)) == before


async def test_a_press_too_old_to_be_answered_shows_its_screen(bot: AtWork) -> None:
    await bot.people[0].phone.says("/apply")
    bot.fault(FaultKind.EXPIRED_CALLBACK)
    query = await pressed(bot, "Пауза")
    calls = [call for call in bot.server.telegram.calls if call.method == "answerCallbackQuery"]
    [refused] = [call for call in calls if call.params["callback_query_id"] == query]
    assert "query is too old" in str(refused.error)


async def pressed(bot: AtWork, label: str) -> str:
    """The first of the people presses it, and its screen is shown; the number of the press."""
    phone = bot.people[0].phone
    message, data = phone._button(label)
    update = phone.account.presses(message.id, data)
    assert update
    await phone.sends(update)
    await until(bot.acknowledged)
    return str(update["callback_query"]["id"])
