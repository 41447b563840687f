"""How a rule says no: with a reason that has words in every language, and the facts those words need.

A refusal is not a fault of the program. Whoever raises it leaves everything as it was; the conversation
shows the reason's words and the same question again.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why an answer or a step was not taken. Every reason has its words in `handlers`."""

    EMPTY = "empty"
    TOO_LONG = "too_long"  # facts: limit, length (characters)
    TOO_SHORT = "too_short"  # facts: limit (characters)
    NOT_A_CHOICE = "not_a_choice"
    NOTHING_TICKED = "nothing_ticked"
    WORDS_WANTED = "words_wanted"  # a file or sticker came where words are asked
    FILE_WANTED = "file_wanted"  # words came where a file is asked

    NOT_A_NAME = "not_a_name"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"
    FOREIGN_PHONE = "foreign_phone"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"  # a fraction of a tenge
    NUMBER_TOO_SMALL = "number_too_small"  # facts: limit
    NUMBER_TOO_BIG = "number_too_big"  # facts: limit

    NOT_A_DATE = "not_a_date"
    IMPOSSIBLE_DATE = "impossible_date"  # 31.02: facts: written (as it was typed)
    AMBIGUOUS_YEAR = "ambiguous_year"  # two digits of a year
    DATE_IN_FUTURE = "date_in_future"
    DATE_TOO_OLD = "date_too_old"  # more than 120 years ago
    BEFORE_PROGRAMME = "before_programme"  # facts: year
    LINK_TWICE = "link_twice"  # the same address was entered before: facts: number

    IIN_LENGTH = "iin_length"  # facts: digits
    IIN_CHECK_DIGIT = "iin_check_digit"
    IIN_BIRTH_DATE = "iin_birth_date"  # its first six digits are no date
    IIN_TAKEN = "iin_taken"  # another application of this competition has it

    UNKNOWN_REGION = "unknown_region"
    REGION_UNCLEAR = "region_unclear"  # facts: candidates (KATO codes)
    REGION_ELSEWHERE = "region_elsewhere"  # facts: region, regions (KATO codes): another competition's

    TOO_MANY_ROWS = "too_many_rows"  # facts: limit
    OVER_MAXIMUM = "over_maximum"  # facts: total, maximum (tenge)

    FILE_TOO_BIG = "file_too_big"  # facts: size, limit (bytes)
    FILE_EMPTY = "file_empty"
    FILE_TYPE = "file_type"  # facts: formats, sent (an ending such as "heic")
    FILE_NOT_WHAT_IT_SAYS = "file_not_what_it_says"  # facts: formats, sent (what it really is, or "")
    FILE_BROKEN = "file_broken"  # cut short on its way, or damaged
    FILE_GONE = "file_gone"  # Telegram does not give it to us (any more)
    FILE_TWICE = "file_twice"  # the same contents were sent before
    TOO_MANY_FILES = "too_many_files"  # facts: limit
    PICTURE_TOO_SMALL = "picture_too_small"  # facts: width, height, least (pixels)

    NO_CONSENT = "no_consent"
    NOT_OPEN = "not_open"
    INTAKE_CLOSED = "intake_closed"  # facts: closed_at
    INCOMPLETE = "incomplete"  # facts: keys
    ALREADY_SENT = "already_sent"  # facts: number
    NOT_A_MOVE = "not_a_move"  # an application cannot go there from here: facts: state, new
    WITHDRAWAL_CLOSED = "withdrawal_closed"  # facts: closed_at
    NOT_FOUND = "not_found"  # also what belongs to somebody else
    TOO_LATE = "too_late"
    OLD_BUTTON = "old_button"

    NOT_ALLOWED = "not_allowed"  # the person's role does not allow it: facts: action, lot
    INVITATION_UNKNOWN = "invitation_unknown"
    INVITATION_USED = "invitation_used"
    INVITATION_EXPIRED = "invitation_expired"
    NOT_A_STEP = "not_a_step"  # a ticket cannot go there from here: facts: state
    NOTHING_WAITS = "nothing_waits"  # no ticket in the queue for this person
    HELD_BY_ANOTHER = "held_by_another"  # facts: number
    NOT_HELD = "not_held"  # the operator must take the ticket first: facts: number
    NUMBER_UNCLEAR = "number_unclear"  # several tickets end with these digits
    OWN_TICKET = "own_ticket"  # nobody handles a ticket of their own
    ABOUT_YOU = "about_you"  # nor one about a decision or an answer of theirs
    NOTHING_SAID = "nothing_said"  # an announcement without words: facts: languages
    NOBODY_MEANT = "nobody_meant"  # an audience that nobody belongs to
    OWN_ANNOUNCEMENT = "own_announcement"  # nobody approves their own
    CHANGED_SINCE = "changed_since"  # what was to be approved is not what was shown
    NOT_A_LINK = "not_a_link"
    NOT_A_LIST = "not_a_list"  # no numbers of applications or telephones in it
    LIST_NOT_READ = "list_not_read"  # an uploaded list is still being read
    NOT_A_MOMENT = "not_a_moment"  # a day and a time cannot be read
    MOMENT_PAST = "moment_past"
    NOT_FOR_MANY = "not_for_many"  # a voice, a sticker …: an announcement is words, pictures, videos, files
    ASSISTED_BY_ANOTHER = "assisted_by_another"  # a colleague is filling it in for this caller now
    CONSENT_IN_CHAT = "consent_in_chat"  # a code is no consent: the caller gives it in their own chat
    RATED_ALREADY = "rated_already"
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"  # braces in a ready answer that nothing is put into: facts: found
    REOPEN_OVER = "reopen_over"  # facts: days


class Refused(Exception):
    """A rule was not met: nothing was changed.

    `anyway`: what is done all the same, once the rest is undone; it is given the turn that shows the screen again.
    """

    anyway: Callable[[Any], None] | None = None

    def __init__(self, reason: Reason, **facts: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.facts = facts
