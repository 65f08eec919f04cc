"""umsab_sentiment: tweets in the languages we serve. Macro-F1, as the field reports it (65-72 is the state of the art)."""

from sklearn.metrics import f1_score

from agent.domain.languages import is_supported
from eval.suites import folder
from eval.triage import prepared_brain


async def measure(limit: int | None) -> list[str]:
    served = [row for row in folder.rows("umsab_sentiment") if is_supported(row["lang"])]
    found = folder.sample(served, limit, by="lang")
    # The language is given: this suite is about the mood.
    read = await prepared_brain().triage_texts([row["text"] for row in found], [row["lang"] for row in found])
    pairs = [(row["lang"], row["sentiment"], item.sentiment.value) for row, item in zip(found, read, strict=True)]
    lines = [f"umsab_sentiment, macro-F1: {_macro([(truth, got) for _, truth, got in pairs]):.3f} on {len(pairs)}"]
    for language in sorted({language for language, _, _ in pairs}):
        own = [(truth, got) for group, truth, got in pairs if group == language]
        lines.append(f"  {language}: {_macro(own):.3f} on {len(own)}")
    return lines


def _macro(pairs: list[tuple[str, str]]) -> float:
    return float(f1_score([truth for truth, _ in pairs], [got for _, got in pairs], average="macro"))
