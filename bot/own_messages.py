"""Which messages of a chat a press may still change: those below which no copy of an older screen can stand.

A screen is shown twice when the program died before it could acknowledge the update, when Telegram's answer to a
sending was lost, or when what was typed did not fit and the question is asked again. Whoever then presses the first
copy would see nothing happen, since the second stands below it. So the answer comes in a new message, as it does where
an earlier life of the program has shown what nobody knows now.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from aiogram.types import CallbackQuery

from handlers.screen import STAYS, Reply

KNOWN_CHATS = 10_000  # whoever is not among them gets one new message more


@dataclass
class OwnMessages:
    """For each account the oldest message that may be changed; none: this life has shown nothing there."""

    _oldest: dict[int, int] = field(default_factory=dict)

    def fitting(self, reply: Reply, account: int, pressed: CallbackQuery | None) -> Reply:
        """The reply, in a new message where the pressed one may not be changed."""
        oldest = self._oldest.get(account)
        own = oldest and pressed and pressed.message and pressed.message.message_id >= oldest
        stays = pressed and (pressed.data or "").startswith(STAYS)
        return reply if own and not stays and not reply.again else replace(reply, fresh=True)

    def note(self, account: int, shown: int | None, *, copied: bool) -> None:
        """A message was sent; `copied`: what stands above it may be the same screen."""
        if shown and (copied or account not in self._oldest):
            self._oldest[account] = shown
            if len(self._oldest) > KNOWN_CHATS:
                del self._oldest[next(iter(self._oldest))]
