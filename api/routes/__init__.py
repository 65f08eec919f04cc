"""Routes by who uses them; each at most ten lines."""
