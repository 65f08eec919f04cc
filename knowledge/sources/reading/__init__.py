"""Parsers of hostile formats, run in a process apart: each module has `read(bytes) -> dict` and imports nothing of the project."""
