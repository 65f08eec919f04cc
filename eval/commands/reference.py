"""`reference`: public data."""


def reference() -> None:
    """Public reference data, where it is present."""
