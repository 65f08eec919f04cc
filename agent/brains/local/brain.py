"""The local brain behind the Brain port."""

from collections.abc import Sequence

from agent.brains.local import language, lexicon, reading, text
from agent.brains.local.heads import Heads, Vectors
from agent.brains.local.ngrams import grams
from agent.brains.translation.folder import FolderTranslator
from agent.brains.unaided import Unaided
from agent.domain import entities
from agent.domain.intents import Intent
from agent.domain.message import Turn
from agent.domain.reply import Translation
from agent.domain.triage import Triage
from knowledge.embed import Embedder


class LocalBrain(Unaided):
    name = "local"

    def __init__(self, embedder: Embedder, heads: Heads, translator: FolderTranslator | None = None) -> None:
        """`translator`: the merchant's own model folder; no weights fit for customers come without a hub."""
        self._embedder = embedder
        self._heads = heads
        self._translator = translator

    async def triage(self, turn: Turn) -> Triage:
        return (await self.triage_texts([turn.text], [turn.language]))[0]

    async def triage_texts(self, texts: Sequence[str], hints: Sequence[str | None]) -> list[Triage]:
        cleaned = [text.clean(item) for item in texts]
        parts = [_parts(entities.plain(item)) for item in cleaned]
        flat = [part for group in parts for part in group]
        vectors, counted = await self._embedder.queries(flat), [grams(part) for part in flat]
        intent_rows = self._heads.intent.probabilities(vectors, counted)
        mood_rows = self._heads.sentiment.probabilities(vectors, counted)
        alarm_rows = self._heads.alarm.probabilities(vectors, counted)
        read: list[Triage] = []
        at = 0
        for item, group, hint in zip(cleaned, parts, hints, strict=True):
            span = slice(at, at + len(group))
            read.append(self._read(item, hint, intent_rows[span], mood_rows[at], alarm_rows[span]))
            at += len(group)
        return read

    def _read(self, item: str, hint: str | None, rows: Vectors, mood_row: Vectors, alarm_rows: Vectors) -> Triage:
        code, sure = language.detect(item, hint)
        keys = lexicon.found(item, code) | reading.alarms(self._heads.alarm, alarm_rows)
        wishes = reading.intents(self._heads.intent, rows, keys)
        raised = reading.flags(keys, wishes)
        likely = {Intent(label): float(p) for label, p in zip(self._heads.intent.labels, rows[0], strict=True)}
        mood, mood_score = reading.sentiment(self._heads.sentiment, mood_row, raised, likely)
        return Triage(
            language=code,
            language_sure=sure,
            intents=wishes,
            sentiment=mood,
            sentiment_score=round(mood_score, 4),
            urgency=reading.urgency(keys, raised, mood),
            entities=entities.find(item),
            flags=raised,
        )

    async def translate(self, text: str, source: str, target: str) -> Translation:
        """Without a folder the original stays, marked as not translated."""
        if self._translator:
            return await self._translator.translate(text, source, target)
        return Translation(language=target, text=text if source == target else None)


def _parts(item: str) -> list[str]:
    """The whole text, then its clauses when there are several."""
    split = text.clauses(item)
    return [item] if len(split) == 1 else [item, *split]
