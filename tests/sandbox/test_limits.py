"""The pace limits in both ways of counting, with the clock in hand."""

from __future__ import annotations

import pytest

from sandbox import ApiError, Counting, Limits, Rate, Telegram
from sandbox.person import Person
from tests.sandbox.conftest import Clock


def let_through(limits: Limits, chat_id: int, now: float, tries: int) -> int:
    passed = 0
    for _ in range(tries):
        try:
            limits.spend(chat_id, now)
        except ApiError:
            continue
        passed += 1
    return passed


@pytest.mark.parametrize("counting", Counting)
def test_thirty_at_once_over_all_chats(counting: Counting) -> None:
    limits = Limits(on=True, counting=counting)
    assert sum(let_through(limits, chat, 0.0, 1) for chat in range(1, 50)) == 30
    assert limits.refused == 19


def test_a_bucket_fills_drop_by_drop_and_a_window_in_one_go() -> None:
    bucket = Limits(on=True, counting=Counting.BUCKET, chat=None)
    window = Limits(on=True, counting=Counting.WINDOW, chat=None)
    for limits in (bucket, window):
        assert let_through(limits, 1, 0.0, 99) == 30
    assert let_through(bucket, 1, 0.5, 99) == 15
    assert let_through(window, 1, 0.5, 99) == 0
    assert let_through(bucket, 1, 1.0, 99) == 15
    assert let_through(window, 1, 1.0, 99) == 30


@pytest.mark.parametrize("counting", Counting)
def test_one_a_second_per_chat_after_a_short_burst(counting: Counting) -> None:
    limits = Limits(on=True, counting=counting)
    assert let_through(limits, 1, 0.0, 9) == 3
    steady = sum(let_through(limits, 1, 10.0 + second, 1) for second in range(20))
    assert steady == 20


@pytest.mark.parametrize("counting", Counting)
def test_twenty_a_minute_per_group(counting: Counting) -> None:
    limits = Limits(on=True, counting=counting)
    assert sum(let_through(limits, -1, float(second), 1) for second in range(20)) == 20
    left = let_through(limits, -1, 20.0, 9)
    with pytest.raises(ApiError, match="429 Too Many Requests: retry after") as caught:
        limits.spend(-1, 20.0)
    assert left == (6 if counting is Counting.BUCKET else 0)
    assert caught.value.retry_after is not None
    assert let_through(limits, -1, 20.0 + caught.value.retry_after, 1) == 1


@pytest.mark.parametrize("counting", Counting)
def test_numbers_can_be_scaled(counting: Counting) -> None:
    limits = Limits(on=True, counting=counting, overall=Rate(300, 1.0), chat=None)
    assert let_through(limits, 1, 0.0, 999) == 300


def test_a_call_over_the_limit_changes_nothing(telegram: Telegram, aigerim: Person, clock: Clock) -> None:
    telegram.limits = Limits(on=True, chat=Rate(1, 1.0))
    keyboard = {"keyboard": [[{"text": "x"}]]}
    telegram.call("sendMessage", {"chat_id": 1001, "text": "бір"})
    with pytest.raises(ApiError) as caught:
        telegram.call("sendMessage", {"chat_id": 1001, "text": "екі", "reply_markup": keyboard})
    assert caught.value.payload() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert (aigerim.chat.last.text, aigerim.chat.keyboard) == ("бір", None)
    clock.time += 1
    telegram.call("sendMessage", {"chat_id": 1001, "text": "үш"})
    assert aigerim.chat.last.text == "үш"


def test_an_album_costs_as_many_as_it_has(telegram: Telegram, aigerim: Person) -> None:
    telegram.limits = Limits(on=True, chat=Rate(1, 1.0, burst=3))
    media = [{"type": "document", "media": "attach://a"}] * 3
    telegram.call("sendMediaGroup", {"chat_id": 1001, "media": media}, {"a": ("a.pdf", b"x")})
    with pytest.raises(ApiError):
        telegram.call("sendMessage", {"chat_id": 1001, "text": "x"})


def test_switched_off_nothing_is_counted(telegram: Telegram, aigerim: Person) -> None:
    for _ in range(100):
        telegram.call("sendMessage", {"chat_id": 1001, "text": "x"})
    assert telegram.limits.refused == 0
