"""The file with everything about a person: names of tables and columns in their language, answers as they read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from handlers.answer_words import answer_text, title
from handlers.form_titles import TITLES
from handlers.language import _
from handlers.my_data.value_words import value_words
from usecases.my_data import Names, Stored

Say = Callable[[], str]

TABLES: Mapping[str, Say] = {
    "person": lambda: _("You"),
    "consent": lambda: _("Consents"),
    "eligibility_check": lambda: _("Checks whether you may apply"),
    "draft": lambda: _("Applications being written"),
    "document": lambda: _("Documents"),
    "application": lambda: _("Applications sent"),
    "application_event": lambda: _("The way of the applications"),
    "ticket": lambda: _("Requests to a person"),
    "ticket_message": lambda: _("What was written in the requests"),
    "ticket_version": lambda: _("The words, and how they were changed"),
    "ticket_delivery": lambda: _("Whether the words have arrived"),
    "ticket_card": lambda: _("Messages of the bot that show a request"),
    "ticket_event": lambda: _("The way of the requests"),
    "ticket_barred": lambda: _("Who may not handle a request"),
    "group_card": lambda: _("Cards of your requests in the office's group, without your words"),
    "assistance": lambda: _("Applications the call centre filled in with you"),
    "code_try": lambda: _("Wrong codes you typed"),
    "staff_group": lambda: _("Groups you set up for the office"),
    "notification": lambda: _("Messages the bot sent by itself"),
    "reminder": lambda: _("Reminders"),
    "announcement_recipient": lambda: _("Announcements meant for you"),
    "announcement_listed": lambda: _("Announcements whose list you are on"),
    "opening": lambda: _("Who opened your data"),
    "call_task": lambda: _("Calls to you"),
    "staff_member": lambda: _("Your work in the office"),
    "staff_invitation": lambda: _("The links by which you joined the office"),
    "reached": lambda: _("The years in which the programme reached you"),
    "source_visit": lambda: _("The links by which you came"),
    "set_aside_update": lambda: _("Messages that could not be handled"),
}

COLUMNS: Mapping[str, Say] = {
    "telegram_id": lambda: _("Telegram account number"),
    "language": lambda: _("Language"),
    "source": lambda: _("The link that brought you"),
    "muted": lambda: _("Notifications switched off"),
    "met_at": lambda: _("First message"),
    "seen_at": lambda: _("Last message"),
    "unreachable_since": lambda: _("Bot blocked since"),
    "kind": lambda: _("Kind"),
    "version": lambda: _("Version of the text"),
    "agreed": lambda: _("Agreed"),
    "answered_at": lambda: _("Answered on"),
    "withdrawn_at": lambda: _("Withdrawn on"),
    "answers": lambda: _("Answers"),
    "sealed": lambda: _("Answers kept encrypted"),
    "pending": lambda: _("Answer waiting for your yes"),
    "eligible": lambda: _("May apply"),
    "verdict": lambda: _("Verdict"),
    "begun_at": lambda: _("Begun on"),
    "judged_at": lambda: _("Judged on"),
    "touched_at": lambda: _("Last changed on"),
    "state": lambda: _("State"),
    "number": lambda: _("Number"),
    "region": lambda: _("Region (KATO code)"),
    "lot": lambda: _("Lot"),
    "sent_at": lambda: _("Sent on"),
    "slot": lambda: _("Which paper"),
    "sealed_name": lambda: _("Name of the file"),
    "file_type": lambda: _("Type of the file"),
    "size": lambda: _("Size, bytes"),
    "photo": lambda: _("Sent as a photo"),
    "reason": lambda: _("Reason"),
    "added_at": lambda: _("Added on"),
    "removed_at": lambda: _("Removed on"),
    "at": lambda: _("When"),
    "role": lambda: _("Who did it"),
    "opened_at": lambda: _("Opened on"),
    "closed_at": lambda: _("Closed on"),
    "due_at": lambda: _("To be sent on"),
    "done_at": lambda: _("Done on"),
    "what": lambda: _("What was opened"),
    "set_aside_at": lambda: _("Set aside on"),
    "staff": lambda: _("Works in the office"),
    "staff_role": lambda: _("Role in the office"),
    "lots": lambda: _("Lots"),
    "name": lambda: _("Name at work"),
    "joined_at": lambda: _("Joined on"),
    "left_at": lambda: _("Left on"),
    "presence": lambda: _("At work now"),
    "presence_since": lambda: _("So since"),
    "capacity": lambda: _("Requests at once, at most"),
    "made_at": lambda: _("Made on"),
    "expires_at": lambda: _("Valid until"),
    "used_at": lambda: _("Used on"),
    "due_by": lambda: _("Next answer due by"),
    "answer_by": lambda: _("First answer due by"),
    "solve_by": lambda: _("To be settled by"),
    "paused_at": lambda: _("Your turn since"),
    "closed_by": lambda: _("Closed by"),
    "reopened": lambda: _("Times reopened"),
    "rating": lambda: _("Your rating"),
    "rating_words": lambda: _("Your words with the rating"),
    "rated_at": lambda: _("Rated on"),
    "why": lambda: _("What did not reach you"),
    "next_at": lambda: _("Call on"),
    "outcome": lambda: _("What came of it"),
    "told_at": lambda: _("Last told that your words arrived"),
    "side": lambda: _("Whose words"),
    "media": lambda: _("Kind of message"),
    "filled_by": lambda: _("Written down by the call centre"),
    "chosen": lambda: _("Where you prefer the call centre's answer"),
    "code": lambda: _("Code"),
    "code_until": lambda: _("Code valid until"),
    "ended_at": lambda: _("Ended on"),
    "set_at": lambda: _("Set up on"),
    "title": lambda: _("What the group is called"),
    "rule": lambda: _("Which reminder"),
    "queued_at": lambda: _("On its way since"),
    "year": lambda: _("Year"),
    "channel": lambda: _("By what you were reached"),
    "day": lambda: _("Reached on"),
    "named_at": lambda: _("Region named on"),
    "placed": lambda: _("Lot known since"),
    "birth_year": lambda: _("Year of birth"),
}

# Numbers of rows, keys and counters: they mean something to the program only, but they are about the person.
# fmt: off
TECHNICAL = frozenset(
    {
        "id", "person_id", "competition_id", "version_id", "draft_id", "application_id", "update_id",
        "message_id", "place", "focus", "cursor", "iin_hash", "file_id", "file_unique_id", "album", "tries", "waits",
        "fetch_at", "sha256", "storage_key", "unique_key", "lane", "claimed_at", "error", "who", "whose",
        "subject", "replayed_at", "token_hash", "caller_id", "made_by", "used_by", "queue", "holder_id", "heard_ticket",
        "by_id", "ticket_id", "writer_id", "chat_message_id", "chat_messages", "recipient_id", "header", "who_id",
        "chat_id", "set_by", "stream", "cause", "stale", "sending", "quiet_until", "storage_faults",
        "occasion", "message", "source_id", "facts", "context", "step", "warned", "warned_solution", "waited",
        "operator_id", "code_hash", "phone_mark",
        "announcement_id", "list_id", "fate", "operation", "takes", "messages",
    }
)
# fmt: on
ANSWERS = frozenset({"answers", "sealed", "pending"})
# Where a column means something else than in the other tables.
RENAMED: Mapping[str, Say] = {
    "ticket_event.what": lambda: _("What happened"),
    "ticket_version.sealed": lambda: _("Words"),
    "set_aside_update.sealed": lambda: _("What you had sent"),
}


def file_of(stored: Stored, names: Names) -> Callable[[], bytes]:
    """The file's content as a function: words are found now, in the person's language, bytes are made when called."""
    named = {TABLES[table](): [_row(table, row, names) for row in rows] for table, rows in stored.items()}
    return lambda: json.dumps(named, ensure_ascii=False, indent=2).encode()


def _row(table: str, row: Mapping[str, Any], names: Names) -> dict[str, Any]:
    shown = [column for column in row if column not in TECHNICAL]
    named = {_column(table, column): _value(table, column, row[column], names) for column in shown}
    return {**named, _("For the program"): {column: row[column] for column in row if column in TECHNICAL}}


def _column(table: str, column: str) -> str:
    return RENAMED.get(f"{table}.{column}", COLUMNS[column])()


def _value(table: str, column: str, value: Any, names: Names) -> Any:
    if column in ANSWERS and isinstance(value, dict):
        return {_title(key): _answer(key, answer) for key, answer in value.items()}
    if column in ("filled_by", "chosen"):
        return [_title(key) for key in value]
    return value_words(table, column, value, names)


def _title(key: str) -> str:
    return title(key) if key in TITLES else key


def _answer(key: str, value: Any) -> Any:
    """As the person reads it; raw where it is no whole answer (a table being written, an older form's)."""
    try:
        return answer_text(key, value)
    except (KeyError, ValueError, TypeError, AttributeError):
        return value
