"""Drawn photos of the demo's articles, whole and damaged. There are no real ones here: good for trying and testing, no proof of anything."""
