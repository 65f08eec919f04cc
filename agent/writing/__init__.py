"""Replies and drafts, sentence by sentence, each bound to its evidence."""
