"""What the knowledge base lacks: unanswered questions in clusters, operators' replies worth an article, stale and unused articles."""
