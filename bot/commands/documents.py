"""`bot documents`: the papers of an application, for the office: list them, take them out of the sealed storage."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.commands.opening import in_transaction, settings_or_exit
from bot.files import Files
from bot.settings import Settings
from db.vault import Vault
from domain.documents import Document
from usecases.office_documents import Opened, documents_sent, open_documents

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def documents() -> None:
    """Papers of an application that was sent: list, save."""


@documents.command("list")
@click.argument("number")
def list_all(number: str) -> None:
    """The files of application NUMBER: slot, type, bytes, state. No names, no contents."""
    found = in_transaction(settings_or_exit(), lambda work: documents_sent(work, number))
    if not found:
        raise click.ClickException(f"There are no documents of an application {number}.")
    for document in found:
        click.echo(line(document))


@documents.command()
@click.argument("number")
@click.argument("folder", type=FOLDER)
def save(number: str, folder: Path) -> None:
    """Write the files of application NUMBER into FOLDER, readable. That they were opened is written down."""
    settings = settings_or_exit()
    opened = in_transaction(settings, lambda work: open_documents(work, number))
    if not opened:
        raise click.ClickException(f"There are no stored documents of an application {number}.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    asyncio.run(write(settings, opened, folder))
    click.echo(f"{len(opened)} files in {folder}. They are not sealed there: delete them when you are done.")


async def write(settings: Settings, opened: list[Opened], folder: Path) -> None:
    """Each file under its slot, number and own name, for its owner's eyes only."""
    files = Files(settings.files_url, Vault(settings.data_key.get_secret_value()))
    for one in opened:
        path = folder / f"{one.document.slot}-{one.document.id}-{one.document.file_name}"
        path.touch(mode=0o600)
        path.write_bytes(await files.get(one.storage_key))


def line(document: Document) -> str:
    return f"{document.slot}  {document.file_type or '?'}  {document.size}  {document.reason or document.state}"
