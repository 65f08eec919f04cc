"""What a model reads for an operator's question: nothing of suppliers and production batches."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from agent.desk.help.case_file import CaseFile
from agent.desk.help.material import material
from agent.domain.reply import Claim, Reply
from agent.writing.packet import photo_facts
from knowledge.search import SearchResult

NOW = datetime(2026, 5, 20, tzinfo=UTC)
SHOWN: Any = SimpleNamespace(subject="VQ-26A", defect="crack", count=7, photos=9, days=30, at=NOW)


def fact(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value, "source": "shop"}


class Nothing:
    async def search(self, query: str, **how: Any) -> SearchResult:
        return SearchResult((), False, "s1")


async def test_no_batch_and_no_supplier_is_shown_to_a_model() -> None:
    facts = [
        fact("Order #1042", "delivered, €79.90, 1 x Earbuds (EAR-130, batch VQ-26A); 2 x Case (CAS-100, batch VQ-26A)"),
        fact("Batch VQ-26A (EAR-130)", "9 % of 400 sold complained; supplier Norrabeck; produced 2026-01-02"),
        *({"label": each.label, "value": each.value, "source": each.source} for each in photo_facts([SHOWN])),
    ]
    file = CaseFile(
        id="c",
        conversation="v",
        channel="web",
        market="DE",
        subjects=("EAR-130", "VQ-26A"),
        packet={"facts": facts},
        draft=Reply(language="en", claims=(Claim(text="We look into it."),)),
        lines=(),
        made_at=NOW,
    )
    parts: Any = SimpleNamespace(knowledge=Nothing(), working_language="en")
    shown = (await material(parts, file, "what is broken?", NOW)).shown()
    assert "EAR-130" in shown and "VQ-26A" not in shown and "Norrabeck" not in shown
