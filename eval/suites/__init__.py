"""Public reference data, read where it is present and never copied. One file a suite; this is their table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from eval.suites import (
    abcd,
    abuse,
    banking77,
    bitext,
    clinc,
    injections,
    nusax,
    pii,
    prdect,
    stackfaq,
    tau_remedies,
    tau_retail,
    toxicity,
    twitter,
    umsab,
    wisesight,
    xquad,
)
from eval.suites.source import BadRows, Progress, Source, root, silent
from eval.suites.suite import Entry, Measure, Offender, Published, Skipped, Suite

_ENTRIES: Final = (
    Entry(name="bitext", folder="bitext_intent", what="customer-service intents, mapped to ours", function=bitext.measure),
    Entry(name="clinc", folder="clinc_oos", what="questions that are no shop's: out of scope", function=clinc.measure),
    Entry(name="banking77", folder="banking77", what="questions to a bank: near a shop's, and not", function=banking77.measure),
    Entry(name="umsab", folder="umsab_sentiment", what="sentiment of tweets in served languages", function=umsab.measure),
    Entry(name="nusax", folder="nusax_sentiment", what="opinions in English and four languages not served", function=nusax.measure),
    Entry(name="prdect", folder="prdect_id_reviews", what="Indonesian reviews, a language not served", function=prdect.measure),
    Entry(name="wisesight", folder="wisesight_th", what="Thai messages to brands, a language not served", function=wisesight.measure),
    Entry(name="xquad", folder="xquad_retrieval", what="retrieval in one language and across", function=xquad.measure),
    Entry(name="stackfaq", folder="stackfaq", what="retrieval of answers to reworded questions", function=stackfaq.measure),
    Entry(
        name="injections", folder="injections", what="known attacks through the graph: none may gain anything", function=injections.measure
    ),
    Entry(name="abuse", folder="abuse_convabuse", what="real abuse of chatbots, flagged and handed over", function=abuse.measure),
    Entry(name="toxicity", folder="toxicity_surge", what="toxic and harmless comments, flagged and handed over", function=toxicity.measure),
    Entry(name="pii", folder="pii_presidio", what="e-mails and phones found at their exact place", function=pii.measure),
    Entry(name="tau_retail", folder="tau_retail", what="first messages of tau-bench's shop tasks", function=tau_retail.measure),
    Entry(
        name="tau_remedies", folder="tau_retail", what="tau-bench's gold calls, and calls outside its policy", function=tau_remedies.measure
    ),
    Entry(name="twitter", folder="twitter_care_dialogs", what="real support chats with 25 companies", function=twitter.measure),
    Entry(name="abcd", folder="abcd", what="sample chats of a clothes shop", function=abcd.measure),
)
SUITES: Final[Mapping[str, Entry]] = {entry.name: entry for entry in _ENTRIES}
FILE: Final = "public.jsonl"
#: Rows of a suite unless more are asked for.
SAMPLE: Final = 300

__all__ = ["FILE", "SAMPLE", "SUITES", "BadRows", "Entry", "Measure", "Offender", "Published", "Skipped", "Suite", "run"]


async def run(name: str, *, data: Path | None = None, limit: int | None = SAMPLE, progress: Progress = silent) -> Suite | Skipped:
    """One suite on the reference data, or on `data`, any file of the same format. `limit` None: every row.

    Raises:
        BadRows: the file is not in the suite's format.
        NotReady: the models are not prepared.
        ValueError: there is no such suite, or no row is asked for.
    """
    if name not in SUITES:
        raise ValueError(f"Unknown suite {name!r}. There are: {', '.join(SUITES)}.")
    if limit is not None and limit < 2:
        raise ValueError("A sample has at least 2 rows. Raise the limit.")
    entry = SUITES[name]
    folder = root() / entry.folder
    if data is None and not (folder / FILE).is_file():
        return Skipped(name, f"There is no {folder / FILE}; set PORTSIDE_REFERENCE_DATA to the folder of the data sets, or give a file.")
    source = Source(folder=folder, file=data or folder / FILE, limit=limit, progress=progress)
    found = await entry.function(source)
    return Suite(
        name=name,
        what=entry.what,
        data=source.digest,
        n=found.n,
        total=source.total,
        measures=tuple(found.measures),
        offenders=tuple(found.offenders),
    )
