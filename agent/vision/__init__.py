"""Photos: the intake guard, and what may be said of what they show."""
