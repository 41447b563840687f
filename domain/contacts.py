"""Telephone numbers and e-mail addresses as people write them.

Every form of a Kazakhstan number becomes E.164 ("+77001234567"). A number of another country is taken and
marked, so that the form asks "is this right?" instead of refusing it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from domain.refusal import Reason, Refused

HOME = "KZ"
LONGEST_PHONE = 40
LONGEST_EMAIL = 254  # RFC 5321

LABEL = re.compile(r"^[^\W\d_]+[.:]*\s*(?=[+(]?[0-9])")
PHONE = re.compile(r"\+?[0-9\s().\-/\u2010-\u2015\u2212]+")
NEW_HOME_NUMBER = re.compile(r"\+77[0-9]{9}")  # the zone is Kazakhstan's, even where a prefix is new
SHARED_FREE_NUMBER = "+7800"  # one range for both countries of the code +7
EMAIL = re.compile(
    r"(?P<name>[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*)"
    r"@(?P<domain>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63})"
)


@dataclass(frozen=True)
class Phone:
    """A number in E.164. `foreign`: of another country; `mobile`: it can take text messages."""

    e164: str
    foreign: bool
    mobile: bool


def parse_phone(text: str) -> Phone:
    """The number a person wrote or shared: 8…, 7…, +7…, ten digits, with spaces and brackets.

    A foreign number is an answer too (`Phone.foreign`). Refused: NOT_A_PHONE.
    """
    text = LABEL.sub("", unicodedata.normalize("NFKC", text).strip())
    if len(text) > LONGEST_PHONE or not PHONE.fullmatch(text):
        raise Refused(Reason.NOT_A_PHONE)
    for form in _readings(text):
        number = _number(form)
        if number is not None:
            return _phone(number)
    raise Refused(Reason.NOT_A_PHONE)


def readable(e164: str) -> str:
    """For reading: "+7 700 123 45 67"; other countries' numbers in their own groups."""
    if re.fullmatch(r"\+7[0-9]{10}", e164):
        return f"+7 {e164[2:5]} {e164[5:8]} {e164[8:10]} {e164[10:]}"
    return phonenumbers.format_number(phonenumbers.parse(e164), PhoneNumberFormat.INTERNATIONAL)


def masked(e164: str) -> str:
    """For lists and logs of work: country, operator and the last two digits, "+7 700 ••• •• 67"."""
    if re.fullmatch(r"\+7[0-9]{10}", e164):
        return f"+7 {e164[2:5]} ••• •• {e164[-2:]}"
    return f"{e164[:4]} ••• •• {e164[-2:]}"


def parse_email(text: str) -> str:
    """The address with its domain in small letters; spaces around and about the @ sign are forgiven.

    Only the form is checked, for whether it arrives no rule can know. Refused: NOT_AN_EMAIL.
    """
    text = unicodedata.normalize("NFC", text).strip().removeprefix("mailto:")
    name, at, domain = text.rpartition("@")
    text = f"{name.strip()}{at}{domain.strip().lower()}"  # before it is looked at: some letters become two
    found = EMAIL.fullmatch(text.strip("<>,;. "))
    if found is None or len(found.group()) > LONGEST_EMAIL or len(found["name"]) > 64:
        raise Refused(Reason.NOT_AN_EMAIL)
    return found.group()


def _readings(text: str) -> list[str]:
    """As written here; then, for long numbers, as another country's with its plus sign forgotten."""
    digits = re.sub("[^0-9]", "", text)
    abroad = digits.removeprefix("00")
    forgotten = len(abroad) > 10 and abroad[0] not in "078" and not text.startswith("+")
    return [text, f"+{abroad}"] if forgotten else [text]


def _number(text: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, HOME)
    except NumberParseException:
        return None
    known = phonenumbers.is_valid_number(number) or NEW_HOME_NUMBER.fullmatch(_e164(number))
    return number if known else None


def _phone(number: PhoneNumber) -> Phone:
    e164 = _e164(number)
    kind = phonenumbers.number_type(number)
    home = NEW_HOME_NUMBER.fullmatch(e164) or e164.startswith(SHARED_FREE_NUMBER)
    mobile = kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return Phone(e164, foreign=not home, mobile=mobile)


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
