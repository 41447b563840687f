"""Settings: every fault at once, and the example file complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, load_settings
from db.vault import Vault

EXAMPLE = Path(__file__).parents[2] / ".env.example"
GOOD = {"bot_token": "123456789:AAAAAAAAAAAAAAAA", "data_key": Vault.new_key()}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def faults(**given: object) -> list[str]:
    with pytest.raises(BadSettings) as caught:
        load_settings(_env_file=None, **given)
    return caught.value.faults


def test_two_settings_are_enough() -> None:
    settings = load_settings(_env_file=None, **GOOD)
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.updates == "polling"


def test_every_fault_is_named_at_once() -> None:
    assert faults(
        bot_token="hello", data_key="short", database_url="mysql://x", files_url="ftp://x", updates="pigeon", port=0
    ) == [
        "BOT_TOKEN must look like 123456789:AA… (BotFather gives it)",
        "DATABASE_URL must begin with one of sqlite, postgresql+asyncpg",
        "FILES_URL must be file:folder, s3://bucket/folder or memory:",
        "DATA_KEY must be a key made by `python -m bot key`",
        "UPDATES Input should be 'polling' or 'webhook'",
        "PORT Input should be greater than or equal to 1",
    ]


def test_missing_ones_are_named() -> None:
    assert faults() == ["BOT_TOKEN is missing", "DATA_KEY is missing"]


def test_a_webhook_needs_its_address_and_secret() -> None:
    assert faults(**GOOD, updates="webhook") == [
        "WEBHOOK_URL is needed when UPDATES=webhook",
        "WEBHOOK_SECRET is needed when UPDATES=webhook",
    ]
    assert faults(**GOOD, updates="webhook", webhook_url="https://bot.example", webhook_secret="too short!") == [
        "WEBHOOK_SECRET must be 16 to 256 letters, digits, _ or -"
    ]


def test_a_secret_is_never_printed() -> None:
    settings = load_settings(_env_file=None, **GOOD)
    assert GOOD["data_key"] not in repr(settings)
    assert GOOD["bot_token"] not in repr(settings)


def test_the_example_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


def test_the_example_filled_in_is_good(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    for name, value in GOOD.items():
        text = text.replace(f"\n{name.upper()}=\n", f"\n{name.upper()}={value}\n")
    (tmp_path / ".env").write_text(text)
    assert load_settings(_env_file=tmp_path / ".env").port == 8080
