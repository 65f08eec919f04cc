"""A run as one report: `figures` counts, `page` shows, `junit` tells the build server."""
