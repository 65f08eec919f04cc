"""A question becomes passages with sources."""

from knowledge.search import Knowledge, Passage, SearchResult

__all__ = ["Knowledge", "Passage", "SearchResult"]
