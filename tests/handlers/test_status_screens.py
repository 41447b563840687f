"""What the sender of an application sees at every state, in both languages, whatever was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.application import STANDINGS, Application, Event, Role, State, timeline
from domain.documents import Document, DocumentState
from domain.message_limits import DATA_LIMIT, TEXT_LIMIT
from handlers.language import _, speaking
from handlers.screen import Screen
from handlers.status import screens
from handlers.status.texts import ROLES, SHORT_HASH, STATES
from tests.applications import answers
from tests.factories import NOW, a_competition, both
from usecases.competitions import InForce
from usecases.own_applications import SentAnswers, Standing

COMPETITION = a_competition()
ONE = InForce(1, 1, 3, COMPETITION)
SENT = Application(12, "27-2026-000123", 1, 1, 1, 5, "27", "kk", State.SENT, NOW, None)
LANGUAGES = ("kk", "ru")

STATUS_KK = """<b>№ 27-2026-000123 өтінім</b>
Competition kk

✅ Өтінім жіберілді: 2026 жылғы 22 қараша, 12:00
▫️ Техникалық іріктеу (мерзімі: 2026 жылғы 1 желтоқсан, 12:00)
▫️ Конкурстық комиссия (мерзімі: 2026 жылғы 4 желтоқсан, 12:00)
▫️ Нәтижелер (мерзімі: 2026 жылғы 8 желтоқсан, 12:00)

<b>Қазір</b> (басталғаны: 2026 жылғы 22 қараша, 12:00)
Өтініміңіз қабылданды. Тексеру өтінім қабылдау аяқталған соң басталады.
Қазір кезек ұйымдастырушыда, Сізге ештеңе істеудің қажеті жоқ.
Келесі кезең: техникалық іріктеу. Мерзімі: 2026 жылғы 29 қараша, 12:00 – 2026 жылғы 1 желтоқсан, 12:00.

Өтінімді қайтарып алуға болатын соңғы мерзім: 2026 жылғы 29 қараша, 12:00."""

RECEIPT_RU = """<b>Ваша заявка принята!</b>
Её номер: <code>27-2026-000123</code>
Сохраните этот номер.

Отправлена: 22 ноября 2026 года, 12:00 (время Казахстана)
Правила конкурса: версия 3

Ваши файлы и их контрольные коды:
• id.pdf – <code>0123456789ab</code>
• a&lt;b.pdf – <code>ещё загружается</code>
• bad.pdf – <code>не удалось принять</code>

<b>Сейчас</b> (с 22 ноября 2026 года, 12:00)
Ваша заявка принята. Проверка начнётся, когда закончится приём заявок.
Теперь дело за организатором, от вас ничего не нужно.
Следующий этап: технический отбор. Срок: с 29 ноября 2026 года, 12:00 до 1 декабря 2026 года, 12:00.

О каждом новом шаге бот вам напишет."""


def a_view(state: State = State.SENT, *, days: int = 0, others: tuple[Application, ...] = ()) -> Standing:
    now = NOW + timedelta(days=days)
    application = replace(SENT, state=state, withdrawn_at=now if state is State.WITHDRAWN else None)
    events = [Event(1, NOW, State.SENT, Role.APPLICANT, {})]
    if state is not State.SENT:
        events.append(Event(2, now, state, Role.ORGANISER, {}))
    seen = timeline(application, events, COMPETITION, now)
    return Standing(application, ONE, seen, others, COMPETITION.open(now))


def a_document(name: str, sha256: str | None = None, state: DocumentState = DocumentState.STORED) -> Document:
    return Document(1, 5, "id_card", "f", "u", False, None, name, "pdf", 9, state, NOW, sha256=sha256)


def labels(screen: Screen) -> list[str]:
    return [button.label for line in screen.buttons for button in line]


def fits(screen: Screen) -> bool:
    data = [button.data or "" for line in screen.buttons for button in line]
    return len(screen.text.encode("utf-16-le")) // 2 <= TEXT_LIMIT and all(
        len(one.encode()) <= DATA_LIMIT for one in data
    )


def test_the_status_while_intake_is_open() -> None:
    with speaking("kk"):
        screen = screens.status(a_view())
    assert screen.text == STATUS_KK
    assert labels(screen) == [
        "Жауаптарым файл түрінде",
        "Қабылданғаны туралы растау",
        "Өтінімді қайтарып алу",
        "Сұрақ не шағым",
        "Мәзір",
    ]


def test_after_closing_it_explains_why_it_cannot_be_taken_back() -> None:
    with speaking("ru"):
        screen = screens.status(a_view(days=8))
    assert screen.text.endswith(
        "Приём заявок закончился 29 ноября 2026 года, 12:00, поэтому отозвать заявку здесь уже нельзя. "
        "Если вы передумали, сообщите организатору."
    )
    assert "⏳ Технический отбор: до 1 декабря 2026 года, 12:00" in screen.text
    assert "Отозвать заявку" not in labels(screen)


def test_the_next_step_has_the_time_that_is_planned_for_it() -> None:
    with speaking("ru"):
        checked, scored = screens.status(a_view(days=8)).text, screens.status(a_view(State.COMMISSION, days=10)).text
        returned = screens.status(a_view(State.RETURNED)).text
    assert "Следующий этап: конкурсная комиссия. Срок: с 1 декабря 2026 года, 12:00 до 4 декабря 2026 года" in checked
    assert "Следующий этап: результаты. По плану: 8 декабря 2026 года, 12:00." in scored
    assert "Следующий этап: технический отбор. Начнётся не позже " in returned


@pytest.mark.parametrize("state", [State.WINNER, State.RESERVE, State.NOT_SELECTED, State.NOT_ADMITTED])
def test_after_a_decision_there_is_no_word_about_taking_it_back(state: State) -> None:
    with speaking("ru"):
        text = screens.status(a_view(state, days=20)).text
    assert "отозвать" not in text
    assert text == text.strip()


def test_a_withdrawn_one_offers_a_new_one_while_intake_is_open() -> None:
    with speaking("ru"):
        in_time, late = screens.status(a_view(State.WITHDRAWN)), screens.status(a_view(State.WITHDRAWN, days=8))
        taken = screens.status(a_view(State.WITHDRAWN, others=(replace(SENT, id=13, number="27-2026-000124"),)))
    assert labels(in_time) == ["Мои ответы файлом", "Написать новую на её основе", "Вопрос или жалоба", "Меню"]
    assert labels(late) == ["Мои ответы файлом", "Вопрос или жалоба", "Меню"]
    assert labels(taken) == ["Мои ответы файлом", "Заявка 27-2026-000124", "Вопрос или жалоба", "Меню"]


def test_files_that_could_not_be_taken_come_with_what_to_do() -> None:
    with speaking("ru"):
        in_time = screens.status(replace(a_view(), refused_files=2)).text
        late = screens.status(replace(a_view(days=8), refused_files=2)).text
    assert (
        "❗️ Файлы, которые не удалось принять: 2. Чтобы это исправить, отзовите заявку и напишите новую на её "
        "основе: ответы и остальные файлы перейдут в неё." in in_time
    )
    assert "❗️ Файлы, которые не удалось принять: 2. Позвоните нам: номер есть в разделе «Вопросы и правила»." in late


def test_the_receipt() -> None:
    documents = (
        a_document("id.pdf", "0123456789abcdef" * 4),
        a_document("a<b.pdf", state=DocumentState.FETCHING),
        a_document("bad.pdf", state=DocumentState.REFUSED),
    )
    with speaking("ru"):
        screen = screens.receipt(SentAnswers(SENT, ONE, answers(), documents), a_view())
    assert screen.text == RECEIPT_RU
    assert labels(screen) == ["На каком этапе моя заявка"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_with_many_files_fits(language: str) -> None:
    documents = tuple(a_document("&" * 76 + ".pdf", "0" * 64) for _ in range(60))
    with speaking(language):
        screen = screens.receipt(SentAnswers(SENT, ONE, answers(), documents), a_view())
    assert fits(screen)
    shown = screen.text.count("0" * SHORT_HASH)
    assert shown >= 5
    assert str(60 - shown) in screen.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("days", [0, 8, 30])
def test_every_state_has_its_screens_and_they_fit(state: State, language: str, days: int) -> None:
    others = tuple(replace(SENT, id=10**18 + n) for n in range(9))
    view = a_view(state, days=days, others=others)
    view = replace(view, competition=replace(ONE, competition=replace(COMPETITION, name=both("&" * 300))))
    with speaking(language):
        for screen in (screens.status(view), screens.news(view), screens.ask_withdraw(view)):
            assert fits(screen)
            assert "{" not in screen.text
        assert STATES[view.timeline.state]() in screens.status(view).text


def test_everybody_whose_turn_it_may_be_has_words() -> None:
    assert set(ROLES) == {standing.actor for standing in STANDINGS.values()} - {None}
    assert set(STATES) == set(State)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("begun", "taking", "lines"), [(True, True, 3), (False, True, 3), (False, False, 2)])
def test_nothing_sent_yet_says_what_to_do(language: str, begun: bool, taking: bool, lines: int) -> None:
    """“Apply” is offered only while applications are taken."""
    with speaking(language):
        screen = screens.nothing_sent(begun=begun, taking=taking)
        assert fits(screen)
        assert len(screen.buttons) == lines
        assert (_("Apply") in labels(screen)) == (taking and not begun)
