"""What the buttons of the documents carry, and where among them a person is."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData


class OpenSlot(CallbackData, prefix="slot"):
    """Show one slot."""

    key: str


class ShowFile(CallbackData, prefix="docshow"):
    """Show a file that was sent."""

    id: int


class RemoveFile(CallbackData, prefix="docdel"):
    """Take a file out."""

    id: int


class ReplaceFile(CallbackData, prefix="docnew"):
    """Send another file instead of this one."""

    id: int


class PlaceFile(CallbackData, prefix="docput"):
    """Say which paper a file is."""

    id: int
    key: str


@dataclass(frozen=True)
class Focus:
    """Where a person is among the documents: "" the list, "pension" a slot, "pension/12" replacing a file there."""

    slot: str = ""
    instead: int | None = None

    @classmethod
    def read(cls, text: str) -> Focus:
        slot, _, instead = text.partition("/")
        return cls(slot, int(instead) if instead else None)

    def __str__(self) -> str:
        return self.slot if self.instead is None else f"{self.slot}/{self.instead}"
