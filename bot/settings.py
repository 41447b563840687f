"""Settings from the environment or `.env`; every fault is named at once, and nothing starts with a bad one."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from db.vault import Vault

DRIVERS = ("sqlite", "postgresql+asyncpg")
FILES_SCHEMES = ("file", "s3", "memory")


class BadSettings(Exception):
    """Settings that are missing or wrong: one sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    """What an installation decides; the names in the environment are these in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    bot_token: SecretStr
    bot_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite:///var/bot.db"
    files_url: str = "file:var/files"
    data_key: SecretStr
    updates: Literal["polling", "webhook"] = "polling"
    webhook_url: str | None = Field(default=None, validate_default=True)
    webhook_secret: SecretStr | None = Field(default=None, validate_default=True)
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    # Telegram: up to 1000 a second (Bot API, allow_paid_broadcast).
    paid_broadcast_per_second: Annotated[int, Field(ge=0, le=1000)] = 0
    paid_broadcast_stars: Annotated[int, Field(ge=0, le=10_000_000)] = 0

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        number, _, secret = value.get_secret_value().partition(":")
        if not number.isdigit() or len(secret) < 10:
            raise ValueError("must look like 123456789:AA… (BotFather gives it)")
        return value

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with https:// (or http:// on this machine)")
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        try:
            driver = make_url(value).drivername
        except ArgumentError as error:
            raise ValueError("is not a database URL") from error
        if driver not in DRIVERS:
            raise ValueError(f"must begin with one of {', '.join(DRIVERS)}")
        return value

    @field_validator("files_url")
    @classmethod
    def _files(cls, value: str) -> str:
        scheme, _, place = value.partition(":")
        if scheme not in FILES_SCHEMES or (scheme != "memory" and not place.strip("/")):
            raise ValueError("must be file:folder, s3://bucket/folder or memory:")
        return value

    @field_validator("data_key")
    @classmethod
    def _key(cls, value: SecretStr) -> SecretStr:
        try:
            Vault(value.get_secret_value())
        except ValueError as error:
            raise ValueError("must be a key made by `python -m bot key`") from error
        return value

    @field_validator("webhook_url", "webhook_secret")
    @classmethod
    def _for_webhook(cls, value: object, info: ValidationInfo) -> object:
        if value is None and info.data.get("updates") == "webhook":
            raise ValueError("is needed when UPDATES=webhook")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        # Telegram: 1-256 characters of A-Z, a-z, 0-9, _ and - (setWebhook, secret_token).
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
            raise ValueError("must be 16 to 256 letters, digits, _ or -")
        return value


def load_settings(**given: object) -> Settings:
    """The settings of this process (`given` wins over the environment). BadSettings lists every fault."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise BadSettings([_sentence(fault["loc"], fault["type"], fault["msg"]) for fault in error.errors()]) from None


def _sentence(where: tuple[int | str, ...], kind: str, message: str) -> str:
    name = str(where[0]).upper()
    if kind == "missing":
        return f"{name} is missing"
    return f"{name} {message.removeprefix('Value error, ')}"
