"""The demo merchant Lumen & Loom, grown from a seed."""
