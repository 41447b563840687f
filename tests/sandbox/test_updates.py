"""The queue: confirming, forgetting, allowing, and the troubles that may be asked for."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from sandbox import ApiError, Fault, FaultKind, Telegram, Upload
from sandbox.person import Person
from sandbox.updates import HELD
from tests.sandbox.conftest import Clock


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def test_what_is_below_the_offset_is_gone(telegram: Telegram, aigerim: Person) -> None:
    numbers = [aigerim.says(word)["update_id"] for word in ("бір", "екі", "үш")]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    assert texts(telegram.call("getUpdates", {"limit": 2})) == ["бір", "екі"]
    assert texts(telegram.call("getUpdates", {})) == ["бір", "екі", "үш"]
    assert texts(telegram.call("getUpdates", {"offset": numbers[2]})) == ["үш"]
    assert texts(telegram.call("getUpdates", {"offset": 0})) == ["үш"]
    assert telegram.call("getUpdates", {"offset": numbers[2] + 1}) == []


def test_a_negative_offset_counts_from_the_end_and_forgets_the_rest(telegram: Telegram, aigerim: Person) -> None:
    for word in ("бір", "екі", "үш"):
        aigerim.says(word)
    assert texts(telegram.call("getUpdates", {"offset": -1})) == ["үш"]
    assert telegram.updates.pending == 1


def test_updates_are_kept_a_day_and_presses_150_seconds(telegram: Telegram, aigerim: Person, clock: Clock) -> None:
    markup = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}]]}
    sent = telegram.call("sendMessage", {"chat_id": 1001, "text": "?", "reply_markup": markup})
    aigerim.says("сәлем")
    aigerim.presses(sent["message_id"], 0)
    clock.time += 150
    assert texts(telegram.call("getUpdates", {})) == ["сәлем"]
    clock.time += 86_400
    assert telegram.call("getUpdates", {}) == []


def test_only_allowed_kinds_are_kept(telegram: Telegram, aigerim: Person) -> None:
    telegram.call("getUpdates", {"allowed_updates": '["message"]'})
    said = aigerim.says("сәлем")
    assert aigerim.edits(said["message"]["message_id"], "қайырлы күн")["update_id"] == 0
    assert texts(telegram.call("getUpdates", {})) == ["сәлем"]
    telegram.call("getUpdates", {"allowed_updates": []})
    assert aigerim.edits(said["message"]["message_id"], "тағы")["update_id"] > 0


def test_a_webhook_and_polling_do_not_go_together(telegram: Telegram, aigerim: Person) -> None:
    telegram.call("setWebhook", {"url": "https://bot.example.kz/", "secret_token": "s"})
    with pytest.raises(ApiError) as caught:
        telegram.call("getUpdates", {})
    assert str(caught.value) == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    aigerim.says("сәлем")
    info = telegram.call("getWebhookInfo", {})
    assert (info["url"], info["pending_update_count"]) == ("https://bot.example.kz/", 1)
    telegram.call("deleteWebhook", {"drop_pending_updates": True})
    assert telegram.call("getUpdates", {}) == []


def test_a_duplicate_comes_after_it_was_confirmed(telegram: Telegram, aigerim: Person) -> None:
    telegram.faults.add(Fault(FaultKind.DUPLICATE))
    first = aigerim.says("сәлем")
    aigerim.says("тағы")
    telegram.call("getUpdates", {})
    again = telegram.call("getUpdates", {"offset": first["update_id"] + 1})
    assert (again[0], texts(again)) == (first, ["сәлем", "тағы"])
    assert texts(telegram.call("getUpdates", {"offset": first["update_id"] + 1})) == ["тағы"]


def test_updates_out_of_order(telegram: Telegram, aigerim: Person) -> None:
    telegram.faults.add(Fault(FaultKind.REORDER, size=3))
    for word in ("бір", "екі"):
        aigerim.says(word)
    assert telegram.call("getUpdates", {}) == []
    aigerim.says("үш")
    aigerim.says("төрт")
    assert texts(telegram.call("getUpdates", {})) == ["үш", "екі", "бір", "төрт"]


def test_what_waits_to_be_out_of_order_waits_for_a_while_only(
    telegram: Telegram, aigerim: Person, clock: Clock
) -> None:
    telegram.faults.add(Fault(FaultKind.REORDER, size=3))
    for word in ("бір", "екі"):
        aigerim.says(word)
    assert (telegram.call("getUpdates", {}), telegram.updates.pending) == ([], 2)
    clock.time += HELD
    assert texts(telegram.call("getUpdates", {})) == ["екі", "бір"]
    aigerim.says("үш")
    assert texts(telegram.call("getUpdates", {})) == ["екі", "бір", "үш"]


def test_one_chats_order_holds_up_no_other(telegram: Telegram, aigerim: Person) -> None:
    other = telegram.person(1002)
    telegram.faults.add(Fault(FaultKind.REORDER))
    aigerim.says("бір")
    other.says("привет")
    assert texts(telegram.call("getUpdates", {})) == ["привет"]
    said = other.says("ещё")
    assert texts(telegram.call("getUpdates", {"offset": said["update_id"]})) == ["ещё"]
    aigerim.says("екі")
    again = telegram.call("getUpdates", {"offset": said["update_id"] + 1})
    assert texts(again) == ["екі", "бір"]  # confirming what came after them is not confirming them
    assert telegram.call("getUpdates", {"offset": again[0]["update_id"] + 1}) == []


def test_faults_that_are_ended_hold_nothing_back(telegram: Telegram, aigerim: Person) -> None:
    telegram.faults.add(Fault(FaultKind.REORDER))
    aigerim.says("бір")
    telegram.faults.clear()
    assert texts(telegram.call("getUpdates", {})) == ["бір"]
    telegram.faults.add(Fault(FaultKind.REORDER))
    aigerim.says("екі")
    telegram.updates.drop()
    aigerim.says("үш")
    assert texts(telegram.call("getUpdates", {})) == ["үш"]


def test_an_album_in_pieces(telegram: Telegram, aigerim: Person, clock: Clock) -> None:
    telegram.faults.add(Fault(FaultKind.SPLIT_ALBUM, seconds=2.0))
    album = aigerim.sends_album([Upload(f"{n}.pdf", b"x") for n in range(3)], caption="құжаттар")
    assert len({update["message"]["media_group_id"] for update in album}) == 1
    assert [update["message"].get("caption") for update in album] == ["құжаттар", None, None]
    for update in album:
        assert telegram.call("getUpdates", {}) == []
        clock.time += 2
        assert telegram.call("getUpdates", {}) == [update]
        telegram.call("getUpdates", {"offset": update["update_id"] + 1})


def test_a_conflict_on_demand(telegram: Telegram) -> None:
    telegram.faults.add(Fault(FaultKind.CONFLICT))
    with pytest.raises(ApiError, match="409 Conflict: terminated by other getUpdates request"):
        telegram.call("getUpdates", {})
    assert telegram.call("getUpdates", {}) == []


def test_a_fault_that_hits_by_chance(telegram: Telegram, aigerim: Person) -> None:
    telegram.faults.dice.seed(1)
    fault = telegram.faults.add(Fault(FaultKind.SERVER_ERROR, times=1000, chance=0.25))
    for _ in range(400):
        with contextlib.suppress(ApiError):
            telegram.call("sendChatAction", {"chat_id": 1001, "action": "typing"})
    assert 70 <= 1000 - fault.times <= 130
