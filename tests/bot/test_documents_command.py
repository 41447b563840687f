"""The office takes documents out of the storage: with real files on a real disk, and written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.commands.documents import documents, line, write
from bot.files import Files
from bot.settings import Settings
from db import applications
from db.vault import Vault
from domain.documents import Document
from tests.factories import DATA_KEY, NOW, a_person
from tests.in_force import PutInForce
from tests.papers import EXTRA, ID_CARD, a_file, begin_draft, papers_now
from usecases.documents import attach, attach_part, documents_of, keep
from usecases.office_documents import documents_sent, open_documents
from usecases.work import Work

NUMBER = "79-2026-000001"


@pytest.fixture
def sent(work: Work, put_in_force: PutInForce) -> tuple[Document, ...]:
    """An application with a stored file, one on its way, a refused one, and one that is in no slot."""
    draft_id = begin_draft(work.session, put_in_force)
    person = a_person(work)
    attach(work, papers_now(work, person), ID_CARD, a_file(1, "front.pdf"))
    attach(work, papers_now(work, person), ID_CARD, a_file(2, "back.pdf"))
    attach_part(work, papers_now(work, person), EXTRA, a_file(3, "a.exe", album="7"))
    keep(work, papers_now(work, person), a_file(4))
    draft = papers_now(work, person).draft
    work.session.execute(text("UPDATE document SET state = 'stored', storage_key = 'ab/cd' WHERE id = 1"))
    values = {"region": "79", "iin_hash": "h", "language": "kk", "answers": {}, "sealed": b"", "state": "sent"}
    applications.add(
        work.session,
        number=NUMBER,
        person_id=person.id,
        competition_id=draft.competition.id,
        version_id=draft.competition.version_id,
        draft_id=draft_id,
        sent_at=NOW,
        **values,
    )
    return documents_of(work, draft_id)


def test_the_office_sees_what_went_with_an_application(work: Work, sent: tuple[Document, ...]) -> None:
    front, back, program, _nowhere = sent
    assert documents_sent(work, NUMBER) == [program, front, back]
    assert documents_sent(work, "79-2026-000002") == []
    assert [line(one) for one in documents_sent(work, NUMBER)] == [
        "extra  ?  1000  file_type",
        "id_card  pdf  1000  stored",
        "id_card  pdf  1000  fetching",
    ]


def test_opening_takes_what_is_stored_and_is_written_down(work: Work, sent: tuple[Document, ...]) -> None:
    (opened,) = open_documents(work, NUMBER)
    assert (opened.document, opened.storage_key) == (sent[0], "ab/cd")
    rows = work.session.execute(text("SELECT who, whose, what, subject FROM opening")).all()
    assert [tuple(row) for row in rows] == [(None, a_person(work).id, "document", "document:1")]


@pytest.mark.sqlite
async def test_files_are_written_readable_for_their_owner_only(
    work: Work, sent: tuple[Document, ...], tmp_path: Path
) -> None:
    settings = Settings(
        _env_file=None, bot_token="4242:tests-have-no-token", data_key=DATA_KEY, files_url=f"file:{tmp_path}/files"
    )
    await Files(settings.files_url, Vault(DATA_KEY)).put("ab/cd", b"%PDF-")
    out = tmp_path / "out"
    out.mkdir()
    await write(settings, open_documents(work, NUMBER), out)
    (path,) = out.iterdir()
    assert (path.name, path.read_bytes()) == ("id_card-1-front.pdf", b"%PDF-")
    assert path.stat().st_mode & 0o077 == 0


def test_without_settings_the_commands_say_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (["list", NUMBER], ["save", NUMBER, "out"]):
        result = CliRunner().invoke(documents, arguments)
        assert result.exit_code == 1
        assert "BOT_TOKEN is missing" in result.output
