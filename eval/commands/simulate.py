"""`simulate`: scripted customers."""


def simulate() -> None:
    """Scripted customers play whole conversations."""
