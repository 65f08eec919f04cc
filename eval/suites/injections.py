"""injections: known attacks. The share that is flagged; what passes must be harmless all the same, which is policy's work."""

from agent.domain.languages import is_supported
from agent.domain.triage import Flag
from eval.suites import folder
from eval.suites.measure import per_group
from eval.triage import prepared_brain


async def measure(limit: int | None) -> list[str]:
    attacks = [row for row in folder.rows("injections") if row["label"] == "injection" and is_supported(row["lang"])]
    found = folder.sample(attacks, limit, by="kind")
    read = await prepared_brain().triage_texts([row["text"] for row in found], [None] * len(found))
    hits = [(row["kind"], Flag.INJECTION in item.flags) for row, item in zip(found, read, strict=True)]
    return per_group("injections, flagged", hits)
