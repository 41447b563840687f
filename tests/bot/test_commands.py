"""The command line, as whoever keeps the machine uses it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from bot.clock import clock_ahead
from bot.commands import program
from bot.commands import updates as updates_module
from bot.commands.opening import in_transaction
from bot.settings import Settings, load_settings
from db.migrate import step
from db.session import Database
from db.tables import PersonRow
from db.vault import Vault
from domain.local_time import ALMATY
from tests.person import SetClock
from usecases.checks import open_check, take_answer
from usecases.meet_person import known_person
from usecases.work import Work

USER = {"id": 5, "first_name": "A", "is_bot": False, "language_code": "kk"}
SAMPLE = Path(__file__).parents[2] / "programme" / "samples" / "competition.toml"


def command(*words: str) -> Result:
    return CliRunner().invoke(program, words)


def copy_of_the_sample(folder: Path, old: str = "", new: str = "") -> Path:
    """The sample competition with its rules, one text of the file replaced by another."""
    for name in ("rules.kk.md", "rules.ru.md"):
        (folder / name).write_text(SAMPLE.with_name(name).read_text("utf-8"))
    text = SAMPLE.read_text("utf-8")
    assert old in text
    (folder / "competition.toml").write_text(text.replace(old, new) if old else text)
    return folder / "competition.toml"


def test_help_says_what_to_do_first() -> None:
    told = command("--help")
    assert told.exit_code == 0
    for word in ("run", "demo", "check", "migrate", "key", "competition", "updates"):
        assert word in told.output


def test_every_missing_setting_is_named_and_nothing_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for words in (("run",), ("check",), ("migrate",), ("competition", "list")):
        told = command(*words)
        assert told.exit_code == 1
        assert "BOT_TOKEN is missing" in told.output
        assert "DATA_KEY is missing" in told.output


def test_a_key_is_a_key() -> None:
    Vault(command("key").output.strip())


def test_run_wants_the_database_up_to_date(machine: Path) -> None:
    told = command("run")
    assert told.exit_code == 1
    assert "python -m bot migrate" in told.output


def test_from_an_empty_machine_to_a_competition_in_force(machine: Path) -> None:
    file = copy_of_the_sample(machine)
    assert command("migrate").exit_code == 0
    assert command("competition", "check", str(file)).exit_code == 0
    assert command("competition", "load", str(file)).output.endswith("19-5-demo: version 1 is in force.\n")
    assert command("competition", "load", str(file)).output.endswith("19-5-demo: version 1 is in force.\n")
    copy_of_the_sample(machine, "maximum = 1_000_000", "maximum = 900_000")
    assert command("competition", "load", str(file)).output.endswith("19-5-demo: version 2 is in force.\n")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "line {line}, eligibility.age_to: this must be from"),
        ("kk", "{line}-жол, eligibility.age_to:"),
        ("ru", "строка {line}, eligibility.age_to:"),
    ],
)
def test_every_fault_of_a_file_is_told_with_its_line(machine: Path, language: str, words: str) -> None:
    file = copy_of_the_sample(machine, "age_to = 35 ", "age_to = 350 ")
    line = next(n for n, text in enumerate(file.read_text("utf-8").splitlines(), 1) if text.startswith("age_to"))
    told = command("competition", "check", str(file), "--language", language)
    assert told.exit_code == 1
    assert words.format(line=line) in told.output


def test_check_names_what_is_bad_and_what_is_fine(machine: Path) -> None:
    command("migrate")
    told = command("check")
    assert told.exit_code == 1
    found = {line[5:].partition(":")[0]: line[:2] for line in told.output.splitlines()}
    assert found["token"] == "BA"
    assert found["database"] == found["settings"] == found["texts"] == "ok"


@pytest.mark.parametrize("way", ["a step", "--note"])
def test_bringing_the_database_up_to_date_notes_what_older_answers_tell(machine: Path, way: str) -> None:
    def answer(work: Work) -> None:
        person = known_person(work, 1001)
        take_answer(work, person, open_check(work, person), "birth_date", "2001-05-04")
        work.session.execute(update(PersonRow).values(birth_year=None))

    def born() -> int | None:
        return in_transaction(load_settings(), lambda work: work.session.scalar(select(PersonRow.birth_year)))

    async def a_step_back() -> None:
        database = Database(load_settings().database_url)
        await database.on_connection(step, "downgrade", "-1")
        await database.close()

    command("migrate")
    in_transaction(load_settings(), answer)
    assert (command("migrate").exit_code, born()) == (0, None), "no step was taken: the answers are not gone through"
    if way == "a step":
        asyncio.run(a_step_back())
    assert command("migrate", *([] if way == "a step" else [way])).exit_code == 0
    assert born() == 2001


def test_nothing_is_set_aside_on_a_new_machine(machine: Path) -> None:
    command("migrate")
    assert command("updates", "list").output == ""
    assert command("updates", "replay", "5").exit_code == 1


def test_the_module_is_the_command(machine: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "key"],
        capture_output=True,
        text=True,
        check=True,
        cwd=machine,
        env={"PYTHONPATH": str(SAMPLE.parents[2])},
    )
    Vault(told.stdout.strip())


def test_an_update_that_kept_failing_is_seen_and_handled_once_the_fault_is_mended(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the failure to the replay, with the real commands; a replay that fails again stays set aside."""
    assert command("migrate").exit_code == 0
    monkeypatch.setattr("bot.intake.intake.PAUSES", (0.0, 0.0, 0.0))
    message = {"message_id": 1, "date": 1, "text": "/start poster", "from": USER, "chat": {**USER, "type": "private"}}
    intake = {"update_id": 77, "message": message}
    shown: list[int] = []

    async def show(_bot: object, chat: int, *_rest: object) -> list[int]:
        shown.append(chat)
        return [1]

    async def interrupted(*_all: object) -> int:
        raise KeyboardInterrupt

    async def fails(*_all: object) -> None:
        raise RuntimeError("words of a person")

    monkeypatch.setattr("bot.turns.show", show)
    with monkeypatch.context() as broken:
        broken.setattr("bot.turns.Turns.take", fails)
        assert asyncio.run(updates_module._replay(load_settings(), json.dumps(intake))) == 1
        listed = command("updates", "list").output
        assert listed.startswith("77  ")
        assert "RuntimeError test_commands.py" in listed
        assert "words of a person" not in listed
        assert "1 update(s) set aside" in command("check").output
        assert command("updates", "replay", "77").output.endswith("It failed again and stays set aside.\n")
        broken.setattr(updates_module, "_replay", interrupted)
        assert command("updates", "replay", "77").exit_code == 1
        assert command("updates", "list").output.startswith("77  ")
    assert command("updates", "list").output.startswith("77  ")
    assert command("updates", "replay", "77").output.endswith("Handled.\n")
    assert shown == [5]
    assert command("updates", "list").output == ""
    assert command("updates", "replay", "77").exit_code == 1


def test_reminders_are_checked_loaded_and_foretold(machine: Path) -> None:
    command("migrate")
    command("competition", "load", str(copy_of_the_sample(machine)))
    nobody = "2026-11-27 10:00: 0 people are to be reminded, each in one message.\nNext:\n  nothing\n"
    assert command("reminders", "--at", "2026-11-27T10:00").output == nobody
    own = SAMPLE.parents[1] / "reminders.toml"
    assert command("reminders", "check", str(own)).output == f"{own}: in order, 10 reminder(s).\n"
    broken = machine / "reminders.toml"
    slips = {'"7 days before", "3 days before"': '"7 days before", "soon"', "{missing}": "{lacking}"}
    text = own.read_text("utf-8")
    for right, wrong in slips.items():
        text = text.replace(right, wrong)
    broken.write_text(text)
    for action in ("check", "load"):
        told = command("reminders", action, str(broken))
        assert told.exit_code == 1
        assert told.output.count("\n  line ") == 3
        assert "soon cannot be here" in told.output
    broken.write_text(own.read_text("utf-8").replace("22:00-08:00", "21:00-09:00"))
    assert command("reminders", "load", str(broken)).output == "10 reminder(s) in force.\n"
    assert "ok   reminders: 10 rule(s), quiet hours 21:00-09:00" in command("check").output


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("tomorrow", '"tomorrow" is no moment. Write day and time of Almaty, like this: --at "2026-11-27 22:30".'),
        ("2026-02-30 10:00", '"2026-02-30 10:00" is no moment. Write day and time of Almaty, like this'),
        ("3026-11-27 10:00", '"3026-11-27 10:00" is more than ten years away.'),
    ],
)
def test_the_demonstration_begins_at_a_moment_that_can_be_read(at: str, told: str) -> None:
    refused = command("demo", "--at", at)
    assert refused.exit_code == 2
    assert told in refused.output
    assert "--at" in command("demo", "--help").output


def test_the_demonstrations_clock_goes_on_from_the_moment_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = SetClock()
    monkeypatch.setattr("bot.clock.system_clock", machine)
    monkeypatch.setattr("bot.commands.demo.system_clock", machine)
    given: list[timedelta] = []

    async def started(_folder: Path, _port: int, ahead: timedelta) -> None:
        given.append(ahead)

    monkeypatch.setattr("bot.commands.demo.run_demo", started)
    assert command("demo").exit_code == 0
    assert command("demo", "--at", "2027-01-05 23:40").exit_code == 0
    clock = clock_ahead(given[1])
    assert (given[0], clock().astimezone(ALMATY).isoformat()) == (timedelta(0), "2027-01-05T23:40:00+05:00")
    machine.now += timedelta(hours=9)
    assert clock().astimezone(ALMATY).isoformat() == "2027-01-06T08:40:00+05:00"
