"""A turn becomes a reply, or a case for a human. Read `agent/graph.py` first."""

import os

# Checkpoints are read back as our own types only. langgraph looks at this when it is first imported, so it is set before.
os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
