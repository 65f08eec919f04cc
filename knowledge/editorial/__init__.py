"""Articles on their way to being published: drafts, review, revisions."""
