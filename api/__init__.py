"""The outside world: web service, worker, command line, channels, pages."""
