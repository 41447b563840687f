"""aiogram's types are made ready when they are used, and then they are what aiogram would have made."""

from __future__ import annotations

import subprocess
import sys

# In a process of its own: the types of this one are in use.
READY_LATER = """
import bot
from aiogram import methods, types
from aiogram.methods.base import Response

few = [kind for name in types.__all__ if getattr(kind := getattr(types, name), "__pydantic_complete__", False)]
assert len(few) < 100, len(few)

said = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": {"id": 1, "is_bot": False,
        "first_name": "A"}, "text": "x"}
update = types.Update.model_validate({"update_id": 1, "message": {**said, "reply_to_message": said}})
assert type(update.message.reply_to_message) is types.Message
assert type(update.message.from_user) is types.User
assert Response[types.Message].model_validate({"ok": True, "result": said}).result.text == "x"
assert methods.SendPoll(chat_id=1, question="?", options=["1", "2"]).options == ["1", "2"]
assert types.PollAnswer.model_validate({"poll_id": "1", "option_ids": [1], "option_persistent_ids": ["1"],
                                        "user": said["from"]}).user.first_name == "A"

for room in (types, methods):
    for name in room.__all__:
        kind = getattr(room, name)
        if hasattr(kind, "model_rebuild"):
            kind.model_rebuild()
            assert kind.__pydantic_complete__, name

for name in set(methods.__all__) - {"Request", "Response", "TelegramMethod"}:
    assert Response[getattr(methods, name).__returning__].model_rebuild() is not False, name
"""


def test_types_wait_until_they_are_used_and_then_know_each_other() -> None:
    ran = subprocess.run([sys.executable, "-c", READY_LATER], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
