// The page's own words, in both languages of the programme.

const WORDS = {
  ru: {
    chats: "Чаты", groups: "Группы", language: "Қазақша", trouble: "Неполадки", back: "К списку чатов", close: "Закрыть",
    beside: "Открыть рядом", message: "Сообщение", send: "Отправить", attach: "Прикрепить файлы", menu: "Меню",
    commands: "Команды", keyboard: "Клавиатура", start: "Начать", unblock: "Разблокировать", block: "Заблокировать бота",
    more: "Ещё", contact: "Отправить свой номер", other: "Отправить чужой контакт", location: "Отправить место на карте", voice: "Голосовое",
    sticker: "Стикер", note: "Кружок", poll: "Опрос", edited: "изм.", typing: "печатает…", uploading: "отправляет файл…",
    reply: "Ответить", edit: "Изменить", cancel: "Отмена", forwarded: "Переслано:", pinned: "Закреплено", photo: "Фотография",
    asPhoto: "как фото", remove: "Убрать", older: "Загружается…", what: "Что умеет этот бот?", empty: "Здесь пока нет сообщений",
    pick: "Выберите чат слева", as: "От имени", all: "Все", ok: "Понятно", copied: "Скопировано", blocked: "Бот заблокирован",
    video: "Видео", voiceMessage: "Голосовое сообщение", videoNote: "Видеосообщение", place: "Место на карте", pollMessage: "Опрос",
    pin: "закрепляет сообщение", joined: "бот добавлен в группу", left: "бот вышел из группы", topic: "открыта тема",
    lost: "Связь потеряна, восстанавливаем…", restart: "Отправить /start", refused: "Не получилось",
    contactName: "Друг", today: "Сегодня", yesterday: "Вчера",
    faults: "Устроить неполадку", faultsHint: "Выберите, что случится со следующими запросами бота.", times: "Сколько раз",
    seconds: "Секунды", add: "Добавить", clear: "Убрать все", none: "Сейчас всё исправно", method: "Метод (пусто: любой)",
    chat: "Чей чат", anyChat: "любой", percent: "Вероятность, %", code: "Код", size: "Сколько обновлений", accepted: "запрос при этом выполнен",
    limits: "Лимиты Telegram", bucket: "ведро", window: "скользящая секунда",
    kinds: {
      too_many: "429: слишком часто", server_error: "500: ошибка сервера", timeout: "Нет ответа", cut_before: "Обрыв до приёма",
      cut_after: "Обрыв после приёма", slow: "Медленный ответ", conflict: "409: второй получатель", duplicate: "Обновление дважды",
      reorder: "Обновления не по порядку", split_album: "Альбом по частям", expired_callback: "Кнопка устарела", slow_download: "Медленная загрузка файла",
    },
  },
  kk: {
    chats: "Чаттар", groups: "Топтар", language: "Русский", trouble: "Ақаулар", back: "Чаттар тізіміне", close: "Жабу",
    beside: "Қатар ашу", message: "Хабарлама", send: "Жіберу", attach: "Файл тіркеу", menu: "Мәзір",
    commands: "Командалар", keyboard: "Пернетақта", start: "Бастау", unblock: "Бұғаттан шығару", block: "Ботты бұғаттау",
    more: "Тағы", contact: "Өз нөмірін жіберу", other: "Басқа адамның контактісін жіберу", location: "Тұрған жерді жіберу", voice: "Дауыстық хабар",
    sticker: "Стикер", note: "Бейнехабар", poll: "Сауалнама", edited: "өзг.", typing: "жазып жатыр…", uploading: "файл жіберіп жатыр…",
    reply: "Жауап беру", edit: "Өзгерту", cancel: "Болдырмау", forwarded: "Қайта жіберілген:", pinned: "Бекітілген", photo: "Фото",
    asPhoto: "фото ретінде", remove: "Өшіру", older: "Жүктеліп жатыр…", what: "Бұл бот не істей алады?", empty: "Әзірге хабарлама жоқ",
    pick: "Сол жақтан чат таңдаңыз", as: "Кімнің атынан", all: "Бәрі", ok: "Түсінікті", copied: "Көшірілді", blocked: "Бот бұғатталған",
    video: "Бейне", voiceMessage: "Дауыстық хабар", videoNote: "Бейнехабар", place: "Картадағы орын", pollMessage: "Сауалнама",
    pin: "хабарламаны бекітті", joined: "бот топқа қосылды", left: "бот топтан шықты", topic: "тақырып ашылды",
    lost: "Байланыс үзілді, қайта қосылып жатыр…", restart: "/start жіберу", refused: "Болмады",
    contactName: "Дос", today: "Бүгін", yesterday: "Кеше",
    faults: "Қолдан ақау жасау", faultsHint: "Боттың келесі сұрауларына не болсын? Таңдаңыз.", times: "Неше рет",
    seconds: "Секунд", add: "Қосу", clear: "Бәрін өшіру", none: "Қазір бәрі жұмыс істеп тұр", method: "Әдіс (бос: кез келген)",
    chat: "Кімнің чаты", anyChat: "кез келген", percent: "Ықтималдығы, %", code: "Код", size: "Неше жаңарту", accepted: "сұрау бұл кезде орындалады",
    limits: "Telegram шектеулері", bucket: "қор", window: "соңғы секунд",
    kinds: {
      too_many: "429: тым жиі", server_error: "500: сервер қатесі", timeout: "Жауап жоқ", cut_before: "Қабылданбай жатып үзілу",
      cut_after: "Қабылданған соң үзілу", slow: "Баяу жауап", conflict: "409: екінші алушы", duplicate: "Жаңарту екі рет келеді",
      reorder: "Жаңартулардың реті бұзылған", split_album: "Альбом бөлік-бөлік келеді", expired_callback: "Түйме ескірген", slow_download: "Файл баяу жүктеледі",
    },
  },
};

const kept = localStorage.getItem("language");
let language = kept || (navigator.language.startsWith("kk") ? "kk" : "ru");

export const words = () => WORDS[language];
export const code = () => language;
export function toggle() {
  language = language === "ru" ? "kk" : "ru";
  localStorage.setItem("language", language);
}
