"""Bytes of files, files of competitions, settings, data of buttons: whatever comes, a value or a refusal."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import strategies as st

from bot.conversations import routes
from bot.settings import BadSettings, Settings, load_settings
from domain.competition_faults import Faults
from domain.competition_file import examine
from domain.file_contents import check_contents
from domain.list_lines import LONGEST_LINE, lines_of
from domain.message_limits import DATA_LIMIT
from domain.order_table import OrderFault, read_order
from domain.refusal import Refused
from domain.regions import Words
from domain.reminder_file import read_rules
from domain.toml_lines import read_lines
from tests.domain.test_list_lines import sheet
from tests.files import a_docx, a_heic, a_jpg, a_pdf, a_png, an_exe
from tests.fuzz.hostile import HARD, hold, near
from usecases.order import order

ALL = ("jpg", "png", "pdf", "docx")
REAL = (a_png(20, 20), a_jpg(), a_pdf(), a_docx(), a_heic(), an_exe())
SAMPLE = Path("programme/samples/competition.toml").read_text("utf-8")
ORDER = Path("programme/order-2023.csv").read_text("utf-8")
SEGMENTS = (b"\xff\xda\x00\x02", b"\xff\xff", b"\xff\xe0\x00\x00", b"/Type  ", b"%PDF-1.4 ", b"PK\x03\x04",
            b"PK\x01\x02", b"\0\0\0\0IDAT\0\0\0\0", b"\0")  # fmt: skip
RULES = Path("programme/reminders.toml").read_text("utf-8")
PRESSES = [data for data, _press in routes().presses.values()]


@st.composite
def some_bytes(draw: st.DrawFn, files: tuple[bytes, ...] = REAL) -> bytes:
    """A real file with bytes changed, put in, taken out; or a beginning with anything after it."""
    data = bytearray(draw(st.sampled_from(files)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 8))] = draw(st.binary(max_size=8) | st.sampled_from(SEGMENTS))
    repeated = draw(st.sampled_from(SEGMENTS)) * draw(st.sampled_from([0, 0, 0, 1, 500]))
    return bytes(data[: draw(st.integers(0, len(data)))]) + repeated if repeated else bytes(data)


@HARD
def test_any_bytes(examples: int) -> None:
    def check(data: bytes) -> None:
        with suppress(Refused):
            assert check_contents(data, ALL) in ALL

    hold(check, examples, some_bytes() | st.binary(max_size=200))


@pytest.mark.parametrize(
    "head", [a_jpg().split(b"\xff\xda")[0], a_png()[:33], b"%PDF-1.4\n", a_docx(), b"", b"PK\x03\x04"]
)
@pytest.mark.parametrize("segment", SEGMENTS)
def test_a_large_file_takes_no_longer_than_it_is(head: bytes, segment: bytes) -> None:
    def seconds(size: int) -> float:
        began = time.process_time()
        with suppress(Refused):
            check_contents(head + segment * (size // len(segment)), ALL)
        return time.process_time() - began

    long = seconds(1 << 20)
    assert long < max(24 * seconds(1 << 17), 0.5)


@HARD
def test_any_toml(examples: int) -> None:
    def check(text: str) -> None:
        examined = examine(text, order(), Words("a", "b"))
        assert (examined.competition is None) == bool(examined.faults)

    lines = [line for line in SAMPLE.split("\n") if line and not line.startswith("#")]
    hold(check, examples // 3, near(*lines, "[[a]]\nb = [1, {c = 2}]", "[a.b]\n", 'x = """\n"""', SAMPLE[:1500]))


@pytest.mark.parametrize("token", ["[", "{", "a.", "[a", '"', "x = [\n", "a = {b=", "[[a.", "'''", "\n"])
def test_deep_and_long_toml(token: str) -> None:
    for text in (token * 3000, f"x = {token * 3000}", f"x = {token * 3000}1{']' * 3000}"):
        began = time.process_time()
        assert read_lines(text).faults or token == "\n"
        assert time.process_time() - began < 5


@HARD
def test_any_table_of_an_order(examples: int) -> None:
    rows = ORDER.splitlines(keepends=True)

    def check(text: str, place: int) -> None:
        with suppress(OrderFault):
            read_order("".join([*rows[:place], text, *rows[place + 1 :]]), 2023)

    hold(check, examples, near(*rows, "\n", '"', ",,,"), st.integers(0, len(rows)))


@HARD
def test_any_rules_of_reminders(examples: int) -> None:
    def check(text: str, place: int) -> None:
        with suppress(Faults):
            read = read_rules("\n".join([*rules[:place], text, *rules[place + 1 :]]))
            assert len({rule.key for rule in read.all}) == len(read.all)

    rules = RULES.splitlines()
    lines = [line for line in rules if line and not line.startswith("#")]
    hold(check, examples // 10, near(*lines), st.integers(0, len(rules)))


@HARD
def test_any_list_of_people(examples: int) -> None:
    """A text in any encoding, a spreadsheet with bytes changed, or anything at all."""

    def check(data: bytes) -> None:
        with suppress(Refused):
            lines = lines_of(data)
            assert all(0 < len(line) <= LONGEST_LINE and line == line.strip() for line in lines)

    texts = st.builds(lambda text, code: text.encode(code, "replace"), near("1001\n1002", "ИИН;тел\n1;2"),
                      st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251")))  # fmt: skip
    hold(check, examples, texts | some_bytes((sheet(("1001", "Айгерім"), ("1002",)),)) | st.binary(max_size=200))


@HARD
def test_any_settings(examples: int) -> None:
    good = {
        "bot_token": "1:" + "a" * 20,
        "data_key": "",
        "database_url": "postgresql+asyncpg://a:b@c:1/d",
        "files_url": "s3://a/b",
        "webhook_url": "https://a.kz",
        "bot_api_url": "http://127.0.0.1:1/",
    }

    def check(name: str, value: str, updates: str) -> None:
        faults: list[str] = []
        try:
            load_settings(_env_file=None, **{**good, "updates": updates, name: value})
        except BadSettings as bad:
            faults = bad.faults
        assert not any(value in fault for fault in faults if len(value) > 20 and name in SECRETS)

    names = st.sampled_from(list(Settings.model_fields))
    hold(check, examples, names, near(*good.values(), "8080"), st.sampled_from(["polling", "webhook"]))


SECRETS = ("bot_token", "data_key", "webhook_secret")


@HARD
def test_any_data_of_any_button_is_unpacked_or_refused(examples: int) -> None:
    """`Routes.press` takes TypeError and ValueError for an old button; what was unpacked packs to the same again."""
    prefixes = [data.__prefix__ for data in PRESSES]

    def check(place: int, rest: str) -> None:
        data = PRESSES[place]
        try:
            unpacked = data.unpack(f"{prefixes[place]}:{rest}" if rest else prefixes[place])
            again = unpacked.pack()
        except (TypeError, ValueError):
            return
        assert len(again.encode()) <= DATA_LIMIT
        assert data.unpack(again) == unpacked

    numbers = st.sampled_from(
        ["1", "-1", "0:1", "1:surname", "budget:1a2b3c4d", "1:2:3", str(10**30), "٣", "1_0", " 1"]
    )
    hold(check, examples, st.integers(0, len(PRESSES) - 1), numbers | near("1:surname", "x:1a2b3c4d", "poster"))
