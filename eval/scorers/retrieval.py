"""Fear about what was found: the articles that answer are not among the passages. Ranking measures by ir-measures."""

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, R, nDCG

from eval.scorers.verdict import Played, Verdict, judged

#: Passages that a reply can be made from.
K = 4
MEASURES = (R @ 1, R @ K, nDCG @ K, RR @ K)


def bad_retrieval(played: Played) -> Verdict | None:
    """The articles that answer were not among the passages found."""
    if not played.gold.articles:
        return None
    found = [article for article, _ in played.record.passages[:K]]
    return judged("" if set(found) & set(played.gold.articles) else f"found {', '.join(found) or 'nothing'}")


def ranking(turns: Sequence[Played]) -> dict[str, float]:
    """recall@1, recall@4, nDCG@4 and MRR over the turns that an article answers; any one of a turn's articles is as good as another."""
    relevant: list[ir_measures.Qrel] = []
    ranked: list[ir_measures.ScoredDoc] = []
    for number, played in enumerate(turn for turn in turns if turn.gold.articles):
        # Several articles may answer: they count as one document, or recall would ask for all of them.
        query, right = str(number), set(played.gold.articles)
        relevant.append(ir_measures.Qrel(query, "right", 1))
        articles = list(dict.fromkeys("right" if article in right else article for article, _ in played.record.passages))
        ranked += [ir_measures.ScoredDoc(query, article, -place) for place, article in enumerate(articles)]
    if not relevant:
        return {}
    measured = ir_measures.calc_aggregate(list(MEASURES), relevant, ranked)
    return {"n": len(relevant)} | {str(measure): round(float(value), 4) for measure, value in measured.items()}
