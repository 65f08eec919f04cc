"""What a question about a case is answered from: its messages, facts, promises and articles, numbered. No supplier's data goes to a model."""

from dataclasses import dataclass
from datetime import datetime

from agent.desk.help.case_file import CaseFile
from agent.desk.help.told import Source
from agent.state import Parts

#: Characters of one source, and how many of each kind there are.
LONGEST, MESSAGES, FACTS, PASSAGES = 700, 14, 24, 3
#: First words of facts that say what suppliers and production lines do; photos are counted by batch.
_INTERNAL = ("Batch", "Stock", "Photos")


@dataclass(frozen=True, slots=True)
class Numbered:
    """`texts` are what a model reads, `sources` what an operator is pointed to; both numbered from 1."""

    texts: tuple[str, ...]
    sources: tuple[Source, ...]

    def shown(self) -> str:
        return "\n".join(f"[{number}] {text}" for number, text in enumerate(self.texts, start=1))


async def material(parts: Parts, file: CaseFile, words: str, now: datetime) -> Numbered:
    talk = Source(label="conversation", href=f"/desk/conversations/{file.conversation}")
    found: list[tuple[str, Source]] = [(f"{line.author}, {line.at:%Y-%m-%d}: {line.text}", talk) for line in file.lines[-MESSAGES:]]
    facts = [fact for fact in file.packet["facts"] if not fact["label"].startswith(_INTERNAL)][:FACTS]
    found += [(f"{fact['label']}: {_outward(fact['value'])}", Source(label=f"{fact['label']}, {fact['source']}")) for fact in facts]
    found += [
        (f"we promised ({promise['by']}, {promise['at'][:10]}): {promise['text']} {promise['why']}", talk)
        for promise in file.packet.get("card", {}).get("promises", [])
    ]
    found += await articles(parts, file, words, now)
    found.append((f"our draft, not sent yet: {file.draft.text}", Source(label="draft")))
    return Numbered(tuple(" ".join(text.split())[:LONGEST] for text, _ in found), tuple(source for _, source in found))


def _outward(value: str) -> str:
    """A line of an order names its batch: what stands after it stays with us."""
    return value.partition("; ")[0] if ", batch " not in value else "; ".join(part.partition(", batch ")[0] for part in value.split("; "))


async def articles(parts: Parts, file: CaseFile, words: str, now: datetime) -> list[tuple[str, Source]]:
    """What the knowledge base has on it for operators, best first; nothing when it is not about it."""
    found = await parts.knowledge.search(
        words, language=parts.working_language, market=file.market, audience="operator", k=PASSAGES, today=now.date()
    )
    if not found.answerable:
        return []
    return [
        (passage.text, Source(label=passage.title, href=f"/desk/knowledge/articles/{passage.article}?lang={passage.language}"))
        for passage in found.passages
    ]
