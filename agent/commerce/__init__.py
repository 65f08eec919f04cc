"""Orders, catalogue, stock and what can be done about them: the shop behind the ports."""
