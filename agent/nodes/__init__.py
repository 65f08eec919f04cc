"""One file a node. A node reads the state and returns only what changed."""
