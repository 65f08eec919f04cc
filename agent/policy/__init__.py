"""Pure judgement: data in, data out. No clock, no network, no model."""
