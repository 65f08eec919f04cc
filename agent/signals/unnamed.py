"""Personal data out of what people wrote, for texts that outlive their conversation. In doubt there is no text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from agent.domain.entities import MOST, find
from agent.domain.triage import EntityKind
from agent.policy.address import parse
from knowledge.sentences import sentences

#: Shorter ones say nothing; scripts without spaces need fewer characters.
LEAST, LEAST_DENSE = 8, 4
LONGEST = 600

_HOLES = {EntityKind.EMAIL: "[e-mail]", EntityKind.PHONE: "[phone]", EntityKind.ORDER: "[number]", EntityKind.TRACKING: "[number]"}
_DOT = r"(?:\.|\s\.\s?|\s?[(\[{](?:dot|punkt|point|punto|ponto|точка)[)\]}]\s?|\s(?:dot|punkt|punto|ponto|точка)\s)"
#: Written so that machines should not read it: "anna(at)example.com", "anna @ example . com", "anna at example dot com".
_SPELT_EMAIL = re.compile(
    rf"(?<![\w.%+-])[\w.%+-]{{1,64}}(?:\s?(?:[@＠]|[(\[{{](?:at|ät|arroba|chiocciola|собака|@)[)\]}}])\s?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,5}}{_DOT}"
    rf"|\s(?:at|arroba|chiocciola|собака)\s[\w-]{{1,63}}(?:\s(?:dot|punkt|punto|ponto|точка)\s))[^\W\d_]{{2,24}}\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@＠])[@＠][A-Za-z0-9_][\w.]+\w")
_NETWORK = (
    r"(?:(?<!\w)(?:telegram|tg|insta(?:gram)?|ig|whats\s?app|snap(?:chat)?|tik\s?tok|facebook|fb|twitter|discord|skype|viber|we\s?chat|line id|vk"
    r"|телеграмм?|телега|инста(?:грам)?|вк|واتساب|تيليجرام|تلغرام|انستغرام|انستا)|微信|インスタ)"
)
#: After a colon anything is a name there; without one what looks like it, or stands last.
_ACCOUNT = re.compile(
    rf"({_NETWORK}(?:号|ID)?)(?:\s*[:=：]\s*|\s+(?:is|ist|est|es|è|é)\s+|\s*是\s*)[\w.]{{2,}}"
    rf"|({_NETWORK}(?:号|ID)?)\s+(?=[\w.]*[^\W\d_])(?:[\w.]*[\d_][\w.]*|[\w.]{{4,}}(?=\s*(?:[.,;!]|$)))",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S+|\bwww\.\S+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_CODE = re.compile(r"\b(?=(?:[A-Z]*\d){3})[A-Z0-9]{9,}\b", re.IGNORECASE)
_FIGURES = re.compile(r"(?<!\d)\d(?:[ \-/.()]{0,2}\d){5,}(?!\d)")
#: Of four or five digits: order number or postcode, unless it is a year or an amount.
_NUMBER = re.compile(r"(?<![\d.,€$£¥])(?!(?:19|20)\d\d\b)\d{4,5}(?!\d|\s?[%€$£¥]|[.,]\d|\s?(?:mAh|W|V|K|lm|ml|g|kg|mm|cm|m|km|h)\b)")

_AGAIN = re.compile(r"\[number\](?:\s*\[number\])+")

_WORD = r"[A-ZÀ-ÞА-ЯЁ][\w'-]+"
_PERSON = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|Mme|Monsieur|Madame|Sra?|Señora?|Doña|Sig|Signora?|Senhora?|г-н|г-жа|[Гг]осподин|[Гг]оспожа)\.?\s+{_WORD}"
    r"|السيدة?\s|الأستاذة?\s|[\u4e00-\u9fff](?:先生|女士|小姐)|(?<![客皆])(?:さん|様)"
)
_INTRODUCED = re.compile(
    r"\b(?:my name|i am called|ich hei(?:ß|ss)e|mein name|je m['’]appelle|mon nom|me llamo|mi nombre|mi chiamo|il mio nome|me chamo|meu nome"
    r"|меня зовут|мо[её] имя)\b|اسمي|我叫|我的名字|と申します|名前は",
    re.IGNORECASE,
)
_THIS_IS = re.compile(
    rf"\b(?i:this is|I am|I'm|hier ist|ich bin|je suis|soy|sono|sou)\s+{_WORD}\s+{_WORD}"
    rf"|\b(?i:this is|I am|I'm|hier ist|soy|sou|je suis)\s+{_WORD}(?=\s*[.,!;]|$|\s+(?:and|und|et|y|e|from|aus)\b)"
    rf"|(?:^|[.!?]\s+|\b(?i:hi|hello|hey|hallo|moin|servus|tag|bonjour|salut|hola|ciao|salve|ol[áa]|oi|привет|здравствуйте)\s*[,!.]?\s+)"
    rf"{_WORD}(?:\s+{_WORD}){{0,2}},?\s+(?i:here|hier|ici|aqu[íi]|qui|здесь|тут)(?=\s*(?:[.,!;:–-]|$)|\s+(?:I|my|ich|mein|je|mon|mi|io|eu|meu|я|мой)\b)"
    rf"|\b(?i:hi|hello|hey|hallo|moin)\s*[,!.]?\s+{_WORD}(?:\s+{_WORD}){{1,2}}\s+(?i:here|hier)\b"
)
_OWN = r"my|our|mein\w{0,2}|unser\w{0,2}|mon|ma|notre|mi|nuestr[oa]|mi[oa]|nostr[oa]|meu|minha|noss[oa]|мо[йяюеё]\w{0,2}|наш\w{0,2}"
_KIN = (
    r"husband|wife|partner|son|daughter|mother|father|mum|mom|dad|brother|sister|friend|boyfriend|girlfriend|colleague|neighbou?r|boss|fianc[ée]e?"
    r"|mann|ehemann|frau|ehefrau|partnerin|sohn|tochter|mutter|vater|bruder|schwester|freund(?:in)?|kolleg(?:e|in)|nachbar(?:in)?|chefin?|oma|opa"
    r"|mari|femme|épou(?:x|se)|fils|fille|mère|père|frère|sœur|ami[eg]?[oa]?|copa?ine?|collègue|voisine?"
    r"|marido|espos[oa]|mujer|pareja|hij[oa]|madre|padre|herman[oa]|novi[oa]|vecin[oa]"
    r"|marito|moglie|figli[oa]|fratello|sorella|amic[oa]|fidanzat[oa]|compagn[oa]|collega|vicin[oa]"
    r"|mulher|filh[oa]|mãe|pai|irmãs?o?|namorad[oa]|vizinh[oa]|colega"
    r"|муж\w{0,2}|жен[аыеуо]й?|сын\w{0,2}|доч\w{1,4}|мам\w{1,2}|пап\w{1,2}|отц?\w{0,2}|брат\w{0,2}|сестр\w{1,2}|друг\w{0,2}|подруг\w{1,2}|коллег\w{1,2}"
)
#: Chinese surnames that begin no other word often.
_KIN_ZH = (
    r"我的?(?:丈夫|老公|先生|妻子|老婆|太太|爱人|儿子|女儿|妈妈?|爸爸?|哥哥?|姐姐?|弟弟|妹妹|朋友|同事)"
    r"(?:是|叫|[王李张刘陈杨赵吴徐孙朱胡郭罗郑梁谢宋唐韩冯邓曹彭])"
)
_RELATED = re.compile(rf"\b(?i:{_OWN})\s+(?i:{_KIN})\s*[,(]?\s*{_WORD}|{_KIN_ZH}")
_PLACE = re.compile(
    r"(?:stra(?:ß|ss)e|\w(?:str\.|weg|gasse|allee|platz))\s*\d|\b\d+\s+(?:\w+\s){1,3}(?:street|st|road|rd|avenue|ave|lane|drive)\b"
    r"|\b(?:rue|avenue|boulevard|calle|avenida|viale|piazza|rua|ул\.|улица|проспект|пр\.)\s+[^\d,]{2,40},?\s*\d"
    r"|شارع|[路街道巷]\s*\d+\s*[号號弄]|\d\s*(?:丁目|番地)",
    re.IGNORECASE,
)
_VIA = re.compile(r"\bvia\s+[A-ZÀ-Þ][^\d,]{2,40},?\s*\d")
#: Said before one's own name alone. LG is a brand, too: then no name stands last.
_SIGN_OFF = (
    r"(?:(?:best|kind|warm) regards|regards|rgds\b|sincerely|best wishes|all the best\b|yours (?:truly|faithfully|sincerely)"
    r"|(?:viele |liebe |beste |schöne |mit freundlichen )?gr(?:ü|ue)(?:ß|ss)en?|(?:viele |lieber |schöner |mit freundlichem )?gru(?:ß|ss)\b|g?lg\b|vg\b|mfg\b"
    r"|cordialement|bien à vous|cdlt\b|salutations|saludos|un saludo|atentamente|atte\b|slds\b"
    r"|(?:cordiali |distinti |cari )?saluti\b|un saluto|cordialità|atenciosamente|(?:melhores )?cumprimentos|cumps\b|abraços?\b"
    r"|с уважением|с ув\.|всего доброго|всего хорошего|(?:مع )?(?:خالص )?تحياتي|مع التحية|此致|祝好|敬上|顺颂|敬具|よろしく)"
)
_BEFORE = r"(?:^|(?<=[\s.!?,。！？，、،؛؟]))"
_NO_BRAND = r"(?!lg\s(?:tv|oled|qned|monitor|fernseher|handy|soundbar|smart|gram\b|phone|\w*\d))"
_CLOSING = re.compile(
    rf"{_BEFORE}(?:{_NO_BRAND}{_SIGN_OFF}|cheers|thanks|thank you|danke|vielen dank|merci|gracias|grazie|obrigad[oa]|спасибо|شكرا|谢谢|ありがとう)",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"{_BEFORE}(?i:{_NO_BRAND}{_SIGN_OFF})\s*[,.!:–-]?\s*{_WORD}")
_READ = 3000
_TAIL = 60
_CLOSINGS = 4  # one behind the other
_GREETING = 30
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def names_of(packets: Iterable[dict[str, Any]], *emails: str | None, others: Iterable[str] = ()) -> frozenset[str]:
    """Parts of the names that cases and e-mail addresses tell, in small letters."""
    whole = [str(fact["value"]).rsplit(", ", 2)[0] for packet in packets for fact in packet.get("facts", ()) if fact["label"] == "Customer"]
    parts = {part for name in [*whole, *others] for part in re.split(r"[\s\-,]+", name.casefold())}
    local = {part for email in emails if email for part in re.split(r"[\W\d_]+", email.partition("@")[0].casefold()) if len(part) > 3}
    return frozenset(part for part in parts | local if len(part) >= (2 if part and part[0] > "\u0590" else 3))


def question(text: str, names: frozenset[str]) -> str | None:
    """What somebody asked, with holes where personal data was; None when that cannot be told apart, or nothing is left."""
    text = _without_closing(" ".join(_ascii_digits(text[:_READ]).split()))
    if personal(text) or _SIGNED.search(text) or len(find(text)) >= MOST:  # what comes behind so many would not be found
        return None
    bare = _named_out(_masked(text), names)[:LONGEST].strip()
    return bare if enough(re.sub(r"\[[^\]]*\]", "", bare)) else None


def answer(text: str, language: str, names: frozenset[str], told: str = "", figures: frozenset[str] = frozenset()) -> str | None:
    """The sentences of a reply that would be true for anybody: no personal data, none of a case's `figures`, not in `told` already.

    None when too little is left.
    """
    kept: list[str] = []
    for line in _ascii_digits(text).splitlines():
        said = [sentence for sentence in sentences(line, language) if _for_anybody(sentence, names, told, figures)]
        if said:
            kept.append(" ".join(said))
    whole = "\n\n".join(_body(kept))
    return whole if enough(whole, 5) else None


def enough(text: str, times: int = 1) -> bool:
    """Whether there are words in it, or `times` as many."""
    letters = sum(char.isalpha() for char in text)
    return letters >= times * (LEAST_DENSE if _DENSE.search(text) else LEAST)


def personal(text: str) -> bool:
    """Whether it names somebody or a place to live, in a way that cannot be cut out."""
    return bool(_INTRODUCED.search(text) or _THIS_IS.search(text) or _PERSON.search(text) or _RELATED.search(text) or _lives(text))


def _lives(text: str) -> bool:
    return bool(_PLACE.search(text) or _VIA.search(text) or parse(text))


def _for_anybody(sentence: str, names: frozenset[str], told: str, figures: frozenset[str]) -> bool:
    if sentence.strip() in told or personal(sentence) or _CLOSING.match(sentence.strip()):
        return False
    masked = _masked(sentence)
    return masked == sentence and _named_out(sentence, names) == sentence and not figures & set(_digits(sentence))


def _body(lines: list[str]) -> list[str]:
    """Without a greeting above and a name below."""
    if lines and len(lines[0]) <= _GREETING and lines[0].endswith((",", "!", "，", "！", "、")):
        lines = lines[1:]
    if len(lines) > 1 and len(lines[-1]) <= _GREETING and lines[-1][-1].isalpha():
        lines = lines[:-1]
    return lines


def _masked(text: str) -> str:
    for entity in reversed(find(text)):
        if hole := _HOLES.get(entity.kind):
            text = text[: entity.start] + hole + text[entity.end :]
    text = _ACCOUNT.sub(_account, _HANDLE.sub("[account]", _SPELT_EMAIL.sub("[e-mail]", text)))
    for pattern, hole in ((_LINK, "[link]"), (_IBAN, "[number]"), (_CODE, "[number]"), (_FIGURES, "[number]"), (_NUMBER, "[number]")):
        text = pattern.sub(hole, text)
    return _AGAIN.sub("[number]", text)


def _account(match: re.Match[str]) -> str:
    return f"{match[1] or match[2]} [account]"


def _named_out(text: str, names: frozenset[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        spaced = name[0] < "\u0590"  # in other scripts words are not set apart
        text = re.sub(rf"\b{re.escape(name)}\b" if spaced else re.escape(name), "[name]", text, flags=re.IGNORECASE)
    return text


def _without_closing(text: str) -> str:
    """A last "Thanks, Anna" says who wrote, and nothing else; so does "Regards Anna, and thanks"."""
    for _ in range(_CLOSINGS):
        shorter = _cut(text)
        if shorter == text:
            break
        text = shorter
    return text


def _cut(text: str) -> str:
    last = max((match.start() for match in _CLOSING.finditer(text)), default=None)
    if not last or len(text) - last > _TAIL or "?" in text[last:] or "？" in text[last:]:
        return text
    return text[:last].rstrip(" ,;-–")


def amounts(texts: Iterable[str]) -> frozenset[str]:
    """Figures of a case's amounts and days, as they may stand in a reply about it."""
    return frozenset(figure for text in texts for figure in _digits(text))


def _digits(text: str) -> Iterator[str]:
    """Figures with decimals, and days: "4.90", "2026-03-07"."""
    return (found.replace(",", ".") for found in re.findall(r"\d+(?:[.,]\d{2})(?!\d)|\d{4}-\d\d-\d\d", text))


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
