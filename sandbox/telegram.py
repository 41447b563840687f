"""This Telegram as one object: calls of the bot on one side, people on the other."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox import asking, editing, sending, settings, topics  # noqa: F401 (they answer methods)
from sandbox.chats import Chat, User
from sandbox.errors import ApiError, Cut, Late
from sandbox.faults import FaultKind
from sandbox.person import Person
from sandbox.registry import HANDLERS
from sandbox.requests import File, Request, read
from sandbox.world import Call, World

if TYPE_CHECKING:
    from sandbox.polling import Polling


class Telegram(World):
    """`Telegram(clock=...)`: everything in memory; the clock gives seconds since 1970 or aware datetimes.

    >>> telegram = Telegram(clock=lambda: 1_700_000_000)
    >>> telegram.person(1001, first_name="Aigerim").starts()["message"]["text"]
    '/start'
    >>> telegram.call("sendMessage", {"chat_id": 1001, "text": "<b>Hi</b>", "parse_mode": "HTML"})["text"]
    'Hi'
    """

    line: Polling | None = None  # the bot's long poll, kept by sandbox/polling.py

    def call(self, method: str, params: dict[str, Any], files: dict[str, File] | None = None) -> Any:
        """Carry out one call of the bot; the `result` as JSON would show it.

        files: (name, bytes) by the name that attach:// or the parameter uses. ApiError: Telegram refused.
        Cut: a fault took the answer away. Late: a fault holds it up.
        """
        result: Any = None
        error: Exception | None = None
        try:
            result = self.carry_out(method, params, files)
        except Late as late:
            result = late.result
            raise
        except (ApiError, Cut) as refusal:
            error = refusal
            raise
        finally:
            self.calls.append(Call(method, params, result, error, self.now()))
        return result

    def carry_out(self, method: str, params: dict[str, Any], files: dict[str, File] | None) -> Any:
        request = read(method, params, files)
        fault = self.faults.waiting and self.faults.take_call(request.method, chat_of(request))
        if not fault:
            return self.answer(request)
        if fault.kind is FaultKind.SLOW:
            raise Late(self.answer(request), fault.seconds)
        error = fault.error()
        if isinstance(error, Cut) and error.accepted:
            with contextlib.suppress(ApiError):
                self.answer(request)
        raise error

    def answer(self, request: Request) -> Any:
        handler = HANDLERS.get(request.method)
        if handler is None:
            raise ApiError(404, f"Not Found: the sandbox does not know {request.method}")
        return handler(self, request)

    def adopt(self, token: str) -> None:
        """The first token that comes is the bot's, and gives it its id; any other is refused with 401."""
        if self.token is None:
            self.token = token
            number = token.split(":", 1)[0]
            self.bot.id = int(number) if number.isdigit() else self.bot.id
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    def person(self, user: int | Mapping[str, Any] | User, **about: Any) -> Person:
        """Somebody, by id or as a whole; who is new gets a private chat that waits for Start."""
        known = self.users.get(user) if isinstance(user, int) else None
        if known is None:
            known = self.meet(user, about)
        return Person(self, known, self.chats[known.id])

    def meet(self, user: int | Mapping[str, Any] | User, about: dict[str, Any]) -> User:
        if isinstance(user, int):
            user = {"id": user, "first_name": f"Person {user}", **about}
        if not isinstance(user, User):
            user = User(**user)
        self.users[user.id] = user
        if user.id in self.chats:
            self.chats[user.id].user = user
        else:
            self.chats[user.id] = Chat(user.id, user=user, members={user.id: "member"})
        self.tell("people")
        return user

    def download(self, path: str) -> bytes:
        """The contents of a file by its file_path; ApiError 404 when there is none."""
        fault = self.faults.take_call("download", None)
        if fault:
            raise fault.error()
        if path not in self.files.by_path:
            raise ApiError(404, "Not Found")
        return self.files.by_path[path].data


def chat_of(request: Request) -> int | None:
    chat_id = request.get("chat_id")
    return chat_id if isinstance(chat_id, int) else None
