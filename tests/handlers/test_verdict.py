"""The verdict in words: whole texts in both languages, every combination of failed rules within Telegram's limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from domain.check_form import CheckAnswers, check_path
from domain.competition import Competition, ReferenceDate, Stage
from domain.eligibility import Rule, judge
from domain.message_limits import TEXT_LIMIT
from domain.ticket import Ticket
from handlers.eligibility.verdict import asked, verdict
from handlers.language import speaking
from handlers.screen import Screen
from tests.factories import NOW, a_competition, a_ticket
from tests.usecases.test_checks import GOOD
from usecases.checks import Check, Standing
from usecases.competitions import InForce

TODAY = date(2026, 11, 22)
TICKET = a_ticket()
STRICT = replace(
    a_competition(),
    demonstration=False,
    rules=replace(a_competition().rules, registered_months=3),
)


def standing(competition: Competition, today: date = TODAY, **others: str) -> Standing:
    """A check with these answers, judged on this day."""
    answers: dict[str, Any] = {**GOOD, **others}
    made = judge(CheckAnswers.of(answers), competition, today, rule_version=2)
    noon = datetime(today.year, today.month, today.day, 7, tzinfo=UTC)
    check = Check(1, answers, 5, made, noon, noon)
    own = answers["region"] in competition.quotas
    return Standing(check, InForce(1, 5, 2, competition), own, check_path(answers, competition.rules))


def shown(language: str, now: Standing, stage: Stage = Stage.INTAKE, ticket: Ticket | None = None) -> Screen:
    with speaking(language):
        return verdict(now, stage, ticket)


def labels(screen: Screen) -> list[str]:
    return [button.label for line in screen.buttons for button in line]


def test_a_good_verdict_in_kazakh() -> None:
    screen = shown("kk", standing(replace(STRICT, documents=STRICT.documents[1:3]), registered_long="yes"))
    assert screen.text == (
        "✅ <b>Жауаптарыңызға қарағанда, қатыса аласыз.</b>\n\n"
        "Өтінім қабылданып жатыр. Соңғы мерзімі: 2026 жылғы 29 қараша, 12:00.\n\n"
        "Дайындайтын құжаттар:\n"
        "• registration kk\n"
        "• vulnerable kk (осал топқа жататындарға ғана)\n\n"
        "Тағы бір шарт: дәл осы жобаға соңғы бір жылда басқа жерден ақша алынбаған болуы керек. Бұл өтінімде "
        "сұралады. Шешімді ұйымдастырушы құжаттарыңызды қараған соң шығарады.\n\n"
        "<i>Тексерілген күні: 2026 жылғы 22 қараша. Ережесі: Competition kk (2-нұсқа).</i>"
    )
    assert labels(screen) == ["Өтінім беру", "Жауаптарым", "Қайта тексеру", "Сұрақ не шағым", "Мәзір"]


def test_a_good_verdict_in_russian() -> None:
    screen = shown("ru", standing(replace(STRICT, documents=()), birth_date="1990-11-25", registered_long="yes"))
    assert screen.text == (
        "✅ <b>Судя по ответам, вы можете участвовать.</b>\n\n"
        "Сейчас идёт приём заявок, он закончится 29 ноября 2026 года, 12:00.\n\n"
        "Для вас последний день раньше, 24 ноября 2026 года: потом вы уже не подойдёте по возрасту.\n\n"
        "Ещё одно условие: за последний год этот проект не получал денег из других источников. "
        "Об этом спросят в заявке. Решение примет организатор, когда посмотрит документы.\n\n"
        "<i>Проверено 22 ноября 2026 года по правилам: Competition ru, версия 2.</i>"
    )
    assert labels(screen) == ["Подать заявку", "Мои ответы", "Проверить заново", "Вопрос или жалоба", "Меню"]


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.ANNOUNCED, "Заявки пока не принимают. Приём откроется 15 ноября 2026 года, 12:00."),
        (Stage.TECHNICAL, "Но приём заявок на этот конкурс закончился 29 ноября 2026 года, 12:00."),
    ],
)
def test_a_good_verdict_outside_intake_offers_no_application(stage: Stage, words: str) -> None:
    screen = shown("ru", standing(STRICT, registered_long="yes"), stage)
    assert words in screen.text
    assert labels(screen) == ["Мои ответы", "Проверить заново", "Вопрос или жалоба", "Меню"]


def test_everything_failed_in_kazakh() -> None:
    bad = {"citizenship": "other", "birth_date": "2008-11-24", "region": "75", "registration": "none"}
    screen = shown("kk", standing(STRICT, TODAY, **bad, working="yes", studying="full_time", training="yes"))
    assert screen.text == (
        "❗ <b>Жауаптарыңызға қарағанда, әзірге 7 шарт орындалмай тұр:</b>\n\n"
        "• <b>Азаматтық.</b> Тек Қазақстан азаматтары қатыса алады. Азаматтық алған соң шарт орындалады.\n\n"
        "• <b>Жас.</b> Қатысушы 18 жасқа толған болуы керек, ал Сіздің жасыңыз: 17. Шарт орындалатын күн: "
        "2026 жылғы 24 қараша. Ол күні өтінім әлі қабылданып жатады. Соңғы мерзімі: 2026 жылғы 29 қараша, 12:00."
        "\n\n"
        "• <b>Өңір.</b> Таңдағаныңыз: Алматы қаласы. Бұл конкурс мына өңірлерге арналған: Батыс Қазақстан облысы, "
        "Шымкент қаласы. Солардың бірінде тіркелсеңіз, шарт орындалады.\n\n"
        "• <b>Тіркелу.</b> Мынадай тіркелу жарайды: тұрақты тіркелу, уақытша тіркелу. "
        "Осы өңірде тіркелген соң шарт орындалады.\n\n"
        "• <b>Жұмыс.</b> Бағдарлама қазір жұмыс істемейтін жастарға арналған. Жұмысыңыз аяқталса, шарт орындалады. "
        "Бірақ грант үшін жұмыстан шықпаңыз: ақша қолға берілмейді.\n\n"
        "• <b>Оқу.</b> Бағдарлама күндізгі бөлімде оқымайтын жастарға арналған. Оқуыңыз біткен соң шарт орындалады."
        "\n\n"
        "• <b>Курс.</b> Бағдарлама курсқа да, кәсіптік оқуға да бармайтын жастарға арналған. Курс біткен соң "
        "шарт орындалады.\n\n"
        "Бот жауаптарды ережемен ғана салыстырады, бұл – соңғы шешім емес. Келіспесеңіз немесе күмәніңіз болса, "
        "«Адам қарап шықсын» түймесін басыңыз.\n\n"
        "<i>Тексерілген күні: 2026 жылғы 22 қараша. Ережесі: Competition kk (2-нұсқа).</i>"
    )
    assert labels(screen) == ["Адам қарап шықсын", "Жауаптарым", "Қайта тексеру", "Сұрақ не шағым", "Мәзір"]


def test_the_other_failures_in_russian() -> None:
    screen = shown("ru", standing(STRICT, birth_date="1990-11-22", registered_long="no", studying="part_time"))
    assert screen.text == (
        "❗ <b>Судя по ответам, пока не выполнены 3 условия:</b>\n\n"
        "• <b>Возраст.</b> Участвовать можно до 35 лет включительно, а вам 36 лет. Последний день, когда вы "
        "подходили: 21 ноября 2026 года. Эту границу каждый конкурс назначает заново.\n\n"
        "• <b>Регистрация.</b> Регистрации в регионе должно быть не меньше 3 месяцев. Когда этот срок пройдёт, "
        "условие выполнится.\n\n"
        "• <b>Учёба.</b> В этом конкурсе не участвуют и те, кто учится заочно. Когда учёба закончится, "
        "условие выполнится.\n\n"
        "Бот только сравнивает ответы с правилами, это не окончательное решение. Не согласны или "
        "сомневаетесь — попросите человека проверить.\n\n"
        "<i>Проверено 22 ноября 2026 года по правилам: Competition ru, версия 2.</i>"
    )


def test_too_young_for_this_competition_promises_no_other() -> None:
    screen = shown("ru", standing(STRICT, birth_date="2009-05-03", registered_long="yes"))
    assert (
        "• <b>Возраст.</b> Участвовать можно с 18 лет, а вам 17 лет. По возрасту вы подойдёте с "
        "3 мая 2027 года. Для этого конкурса это поздно, а будет ли следующий, пока неизвестно."
    ) in screen.text


def test_an_age_counted_on_another_day_says_so() -> None:
    rules = replace(STRICT.rules, age=replace(STRICT.rules.age, counted_on=ReferenceDate.INTAKE_OPENS))
    one = replace(STRICT, rules=rules)
    young = shown("ru", standing(one, birth_date="2008-11-18", registered_long="yes")).text
    assert "3 мая" not in young
    assert "18 ноября 2026 года. Возраст считают на 15 ноября 2026 года. Для этого конкурса" in young
    old = shown("kk", standing(one, birth_date="1990-11-10", registered_long="yes")).text
    assert "Жас мына күнге қарай есептеледі: 2026 жылғы 15 қараша." in old


def test_a_birthday_on_the_last_day_of_intake_is_in_time_and_the_day_after_is_not() -> None:
    still, late = (
        shown("kk", standing(STRICT, birth_date=d, registered_long="yes")) for d in ("2008-11-29", "2008-11-30")
    )
    assert "Ол күні өтінім әлі қабылданып жатады." in still.text
    assert "Бұл конкурсқа үлгермейсіз" in late.text


def test_born_on_29_february_one_comes_of_age_on_1_march() -> None:
    day = date(2026, 2, 28)
    moved = NOW - timedelta(days=267)  # 28 February, within intake
    one = replace(a_competition(moved), demonstration=False)
    screen = shown("ru", standing(one, day, birth_date="2008-02-29"))
    assert "По возрасту вы подойдёте с 1 марта 2026 года." in screen.text
    assert standing(one, date(2026, 3, 1), birth_date="2008-02-29").check.eligible


def test_a_demonstration_says_that_it_is_one() -> None:
    for language, words in (("kk", "Бұл – көрсетуге арналған үлгі"), ("ru", "Это пример для показа")):
        assert words in shown(language, standing(a_competition())).text


def test_a_request_shows_its_number_and_what_happens_next() -> None:
    now = standing(STRICT, working="yes", registered_long="yes")
    screen = shown("ru", now, ticket=TICKET)
    assert "Ваше обращение: T-79-2026-000001." in screen.text
    assert labels(screen)[0] == "Что с моим обращением?"
    with speaking("ru"):
        told = asked(now, TICKET)
    assert told.text == (
        "Ваше обращение зарегистрировано: <b>T-79-2026-000001</b>.\n\n"
        "Его вместе с вашими ответами увидит организатор: Organiser ru. Ответ придёт в этот чат, "
        "срок: 23 ноября 2026 года, 12:00. Можно дополнить обращение или позвонить и назвать номер:"
        "\n\n☎️ +7 700 000 00 00\nhours ru"
    )


def combinations() -> Iterator[dict[str, str]]:
    choices = {
        "citizenship": ("kazakhstan", "other"),
        "birth_date": ("2001-05-04", "2008-11-24", "1980-01-01"),
        "region": ("79", "59"),
        "registration": ("permanent", "none"),
        "registered_long": ("yes", "no"),
        "working": ("no", "yes"),
        "studying": ("no", "part_time", "full_time"),
        "training": ("no", "yes"),
    }
    for values in product(*choices.values()):
        yield dict(zip(choices, values, strict=True))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_combination_fits_and_names_each_failed_rule(language: str) -> None:
    met: set[Rule] = set()
    for answers in combinations():
        now = standing(STRICT, TODAY, **answers)
        screen = shown(language, now, ticket=TICKET)
        assert now.check.verdict
        failures = now.check.verdict.failures
        met |= {failure.rule for failure in failures}
        assert len(screen.text) <= TEXT_LIMIT
        assert screen.text.count("• <b>") == len(failures)
        assert not {"{", "}"} & set(screen.text)
        assert len([b for b in screen.buttons if b[0].data == "ckp:1"]) == (1 if failures else 0)
    assert met == set(Rule)
