"""Simulated customers: a goal, a temper and a language, played as whole conversations against the real graph."""
