"""A second start goes on where the first one stopped."""

from __future__ import annotations

import asyncio
import json
import pathlib
import re
import sys

import pytest

from sandbox import Telegram
from sandbox.person import Person
from sandbox.state import StateFile, dumped
from tests.sandbox.conftest import Clock


def test_everything_comes_back(telegram: Telegram, aigerim: Person, clock: Clock, tmp_path: pathlib.Path) -> None:
    group = telegram.group("Операторлар", owner=aigerim.user, forum=True)
    aigerim.inside(group).adds_bot(administrator=True)
    telegram.call("createForumTopic", {"chat_id": group.id, "name": "7"})
    markup = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}]]}
    sent = telegram.call("sendMessage", {"chat_id": 1001, "text": "?", "reply_markup": markup})
    aigerim.presses(sent["message_id"], "Иә")
    document = aigerim.sends_document("a.pdf", b"%PDF")["message"]["document"]
    keyboard = {"keyboard": [[{"text": "Мәзір"}]]}
    telegram.call("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": keyboard})
    StateFile(telegram, tmp_path / "state.json").write()

    second = Telegram(clock=clock)
    assert StateFile(second, tmp_path / "state.json").read()
    assert dumped(second) == dumped(telegram)
    assert second.download(second.files.by_id[document["file_id"]].path) == b"%PDF"
    again = second.person(1001)
    assert again.chat.labels == ["Мәзір"]
    assert second.call("getUpdates", {}) == telegram.call("getUpdates", {})
    assert again.says("жалғастырайық")["message"]["message_id"] == telegram.last_id + 1


def test_nothing_to_go_on_from(telegram: Telegram, tmp_path: pathlib.Path) -> None:
    assert not StateFile(telegram, tmp_path / "none.json").read()
    (tmp_path / "old.json").write_text('{"version": 0}')
    assert not StateFile(telegram, tmp_path / "old.json").read()


async def test_changes_are_written_soon_and_together(
    telegram: Telegram, aigerim: Person, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "deep" / "state.json"
    StateFile(telegram, path, pause=0.01).follow()
    for word in ("бір", "екі"):
        aigerim.says(word)
    assert not path.exists()
    await asyncio.sleep(0.1)
    kept = json.loads(path.read_text("utf-8"))
    assert [message["data"]["text"] for message in kept["chats"][0]["messages"]] == ["/start", "бір", "екі"]
    assert not path.with_name("state.json.new").exists()


@pytest.mark.parametrize("people", ["", '[[people]]\nid = 7\nfirst_name = "Ә"\n'])
async def test_the_program_prints_its_address_and_resumes(tmp_path: pathlib.Path, people: str) -> None:
    path = tmp_path / "people.toml"
    path.write_text(people, "utf-8")
    state = tmp_path / "state.json"
    for _ in range(2):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "sandbox",
            *("--people", str(path), "--state", str(state), "--port", "18081"),
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        assert re.fullmatch(r"sandbox: http://127\.0\.0\.1:\d+\n", line)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 20) == 0
    assert len(json.loads(state.read_text("utf-8"))["users"]) == people.count("[[")
