"""Frozen types of everything a turn is made of. Imports nothing of ours."""
