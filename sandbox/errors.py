"""Refusals, in Telegram's exact words: a bot reads them, so a paraphrase would hide a bug.

The words come from the open source of Telegram's Bot API server and of TDLib below it.
"""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """What Telegram answers instead of a result: `code` as in HTTP, `description` word for word."""

    def __init__(
        self,
        code: int,
        description: str,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id

    def payload(self) -> dict[str, Any]:
        """The body of the HTTP answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        known = {"retry_after": self.retry_after, "migrate_to_chat_id": self.migrate_to_chat_id}
        if parameters := {name: value for name, value in known.items() if value is not None}:
            body["parameters"] = parameters
        return body


class Cut(Exception):
    """No answer comes: the connection broke, or time ran out after `seconds`.

    `accepted` tells whether Telegram had carried the call out before. The caller cannot know it.
    """

    def __init__(self, accepted: bool, seconds: float = 0.0, late: bool = False) -> None:
        super().__init__("timed out" if late else "connection cut")
        self.accepted = accepted
        self.seconds = seconds
        self.late = late


class Late(Exception):
    """Carried out, but the answer `result` takes `seconds`."""

    def __init__(self, result: Any, seconds: float) -> None:
        super().__init__(f"answered after {seconds} s")
        self.result = result
        self.seconds = seconds


class NotShown(LookupError):
    """A person cannot press what their screen does not show."""


def bad(what: str) -> ApiError:
    """400: the call itself is wrong."""
    return ApiError(400, f"Bad Request: {what}")


def forbidden(what: str) -> ApiError:
    """403: the other side does not want it."""
    return ApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> ApiError:
    """409: somebody else takes the updates."""
    return ApiError(409, f"Conflict: {what}")


def too_many(seconds: int) -> ApiError:
    """429: to be repeated after that many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
