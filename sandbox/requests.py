"""A call as it comes in: read with aiogram's own classes of the Bot API, so that a wrong call fails here."""

from __future__ import annotations

import json
import types
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sandbox.errors import ApiError, bad

if TYPE_CHECKING:
    from aiogram.methods.base import TelegramMethod

File = tuple[str, bytes]
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
    "file_id": "file_id not specified",
}
CHATS = {"chat_id", "from_chat_id"}


@cache
def known() -> dict[str, type[TelegramMethod[Any]]]:
    """Every method of the Bot API by its name in lower case: Telegram does not mind the case.

    aiogram is brought in here, at the first call: it takes seconds, and the server need not wait for it.
    """
    from aiogram import methods
    from aiogram.methods.base import TelegramMethod

    classes = (getattr(methods, name) for name in methods.__all__)
    wanted = (c for c in classes if isinstance(c, type) and issubclass(c, TelegramMethod))
    return {c.__api_method__.lower(): c for c in wanted if c is not TelegramMethod}


@cache
def takes_text(cls: type[TelegramMethod[Any]], name: str) -> bool:
    info = cls.model_fields.get(name)
    return info is None or str in plain_types(info.annotation)


def plain_types(annotation: Any) -> set[Any]:
    if get_origin(annotation) in {Union, types.UnionType}:
        return set().union(*(plain_types(part) for part in get_args(annotation)))
    return {annotation}


@dataclass
class Request:
    """One checked call: parameters by name, plain JSON values; attached files by name."""

    method: str
    params: dict[str, Any]
    files: dict[str, File] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        value = self.params.get(name)
        return default if value is None else value

    def attached(self, name: str, value: str) -> File | None:
        """The uploaded file that a parameter points at, by attach:// or by its own name."""
        if value.startswith("attach://"):
            key = value.removeprefix("attach://")
            if key not in self.files:
                raise bad(f'file attachment "{key}" isn\'t found')
            return self.files[key]
        return self.files.get(name) if not value else None


def read(method: str, params: dict[str, Any], files: dict[str, File] | None) -> Request:
    """Check a call against aiogram's class of that method.

    Structures may come as JSON text, numbers and booleans as text, as over HTTP.
    """
    cls = known().get(method.lower())
    if cls is None:
        raise ApiError(404, "Not Found: method not found")
    plain = {name: decoded(cls, name, value) for name, value in params.items() if value is not None}
    for name in files or {}:
        if name in cls.model_fields:
            plain.setdefault(name, f"attach://{name}")
    model = checked(cls, plain)
    values = {name: plainly(getattr(model, name, value), value) for name, value in plain.items()}
    return Request(cls.__api_method__, values, files or {})


def decoded(cls: type[TelegramMethod[Any]], name: str, value: Any) -> Any:
    if name in CHATS and isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    if not isinstance(value, str) or takes_text(cls, name) or not value.startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None


def checked(cls: type[TelegramMethod[Any]], plain: dict[str, Any]) -> BaseModel:
    try:
        return cls.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        raise bad(wording(first["type"], [str(part) for part in first["loc"]], first["msg"])) from None


def wording(kind: str, place: list[str], message: str) -> str:
    name = place[0] if place else "request"
    if kind == "missing" and len(place) == 1:
        return MISSING.get(name, f'parameter "{name}" is required')
    if name == "reply_markup" and kind in {"model_type", "model_attributes_type", "dict_type"}:
        return "object expected as reply markup"
    if place == ["reply_markup", "inline_keyboard"]:
        return "inline keyboard expected"
    return f"can't parse {name.replace('_', ' ')}: {'.'.join(place[1:])} {message}".replace(":  ", ": ")


def plainly(value: Any, raw: Any) -> Any:
    """Numbers and booleans as aiogram read them; structures as they came."""
    return value if isinstance(value, (bool, int, float, str)) else raw
