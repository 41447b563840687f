"""Data of the check's buttons: each carries the check it was made for, so that an old one is known as old."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class Answer(CallbackData, prefix="ck"):
    """An option of the question asked."""

    check: int
    key: str
    value: str


class DateRead(CallbackData, prefix="ckd"):
    """The birth date was read as meant, or not."""

    check: int
    right: bool


class Back(CallbackData, prefix="ckb"):
    """From this question to the one before."""

    check: int
    key: str


class Regions(CallbackData, prefix="ckr"):
    """A page of all regions."""

    check: int
    page: int


class GeneralRules(CallbackData, prefix="ckg"):
    """No competition in my region: check by the rules of another."""

    check: int


class Correct(CallbackData, prefix="ckc"):
    """Answer this question anew."""

    check: int
    key: str


class Show(CallbackData, prefix="ckv"):
    """Another view of a judged check: "verdict" or "answers"."""

    check: int
    view: str


class Restart(CallbackData, prefix="ckn"):
    """Everything from the first question."""

    check: int


class AskPerson(CallbackData, prefix="ckp"):
    """Ask a person to look at this verdict."""

    check: int
