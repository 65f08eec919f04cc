"""Conversations, turns, cases and effects in the tables; every change in one transaction."""
