"""The systems of a real shop behind the ports: one small file a source."""
