"""Which rules of reminders are in force: the file that was loaded last, else the one that comes with the program."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from db import reminders
from domain.competition_faults import Faults
from domain.quiet_hours import QuietHours
from domain.reminder import Rules
from domain.reminder_file import read_rules
from usecases.work import Work


def rules_in_force(work: Work) -> Rules:
    """Those that were loaded; the program's own as long as it cannot read them (`bot check` says so)."""
    try:
        return loaded_rules(work)
    except Faults:
        return own_rules()


def loaded_rules(work: Work) -> Rules:
    """The same, read from its text once in the life of the process. Raises Faults: a newer program may want more."""
    loaded = reminders.rules_in_force(work.session)
    if loaded is None:
        return own_rules()
    digest, rules_id = loaded
    if digest not in _read:
        _read[digest] = read_rules(reminders.rules_text(work.session, rules_id))
    return _read[digest]


def load_rules(work: Work, text: str) -> Rules:
    """Put a file of rules in force; the same again changes nothing. Raises Faults, each with its line."""
    rules, digest = read_rules(text), sha256(text.encode()).hexdigest()
    loaded = reminders.rules_in_force(work.session)
    if loaded is None or loaded[0] != digest:
        reminders.put_rules(work.session, text, digest, work.now)
    return rules


@cache
def own_rules() -> Rules:
    """The rules that come with the program."""
    return read_rules(files("programme").joinpath("reminders.toml").read_text("utf-8"))


def quiet_hours(work: Work) -> QuietHours:
    """The hours in which nobody is written to unasked."""
    return rules_in_force(work).quiet


_read: dict[str, Rules] = {}
