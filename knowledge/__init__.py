"""A question becomes passages with sources."""
