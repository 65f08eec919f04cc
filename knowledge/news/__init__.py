"""News of the supply chain becomes short articles: a delayed lane, a stock-out, a changed batch, customs, a revision."""
