"""When a message only answers our question, the wish is the one we asked about."""

from dataclasses import replace

from agent.domain.intents import COURTESY, Intent
from agent.domain.message import Turn
from agent.domain.pending import CodeCheck
from agent.domain.triage import Entity, EntityKind, Flag, IntentScore, Triage
from agent.policy.address import parse, without_postcodes
from agent.policy.proving import DIGITS

#: Letters left after order numbers and e-mails are taken out; fewer carry no wish of their own.
BARE_LETTERS = 28
SURE = 0.6
#: Cannot be taken back once it is done.
FOR_GOOD = {Intent.CANCEL_ORDER}
WEAK = COURTESY | {Intent.OUT_OF_SCOPE}


def carry_over(turn: Turn, triage: Triage) -> Triage:
    """The triage with the pending wish put in place of, or in front of, what the answer alone seems to say."""
    triage = replace(triage, entities=without_postcodes((message.text for message in turn.messages), triage.entities))
    if turn.code is not CodeCheck.NONE:
        triage = replace(triage, entities=tuple(item for item in triage.entities if not _may_be_code(item)))
    pending = [Intent(name) for name in turn.pending_intents if not _taken_back(Intent(name), triage)]
    if not pending:
        return triage
    carried = tuple(IntentScore(intent, 1.0) for intent in pending)
    if _is_bare(turn, triage) or (Intent.CHANGE_ADDRESS in pending and parse(turn.text)):
        return replace(triage, intents=carried + _urgent(triage))
    fresh = tuple(item for item in triage.intents if item.intent not in {*pending, *WEAK} and item.score >= SURE)
    if fresh:
        carried = tuple(_doubted(item, triage) for item in carried)
    answers = bool(triage.entities or turn.photos)
    return replace(triage, intents=(carried + fresh) if answers or not fresh else fresh)


def _may_be_code(item: Entity) -> bool:
    """Six digits are the code we mailed, not an order's number."""
    return item.kind is EntityKind.ORDER and len(item.value) == DIGITS


def _doubted(item: IntentScore, triage: Triage) -> IntentScore:
    """Who wants something else now may not want for good what was asked about: it is asked again, never done."""
    return IntentScore(item.intent, 0.0) if item.intent in FOR_GOOD and not triage.wants(item.intent) else item


def _taken_back(intent: Intent, triage: Triage) -> bool:
    return intent is Intent.CANCEL_ORDER and Flag.KEEP in triage.flags


def _is_bare(turn: Turn, triage: Triage) -> bool:
    text = turn.text
    for entity in reversed(triage.entities):
        text = text[: entity.start] + text[entity.end :]
    letters = sum(char.isalpha() for char in text)
    return letters < BARE_LETTERS and (triage.main.score < SURE or bool(triage.entities or turn.photos) or letters < 4)


def _urgent(triage: Triage) -> tuple[IntentScore, ...]:
    """Escalating wishes are kept whatever was asked."""
    always = {Intent.HUMAN, Intent.SAFETY, Intent.LEGAL_THREAT, Intent.PRESS, Intent.PRIVACY}
    return tuple(item for item in triage.intents if item.intent in always and item.score >= SURE)
