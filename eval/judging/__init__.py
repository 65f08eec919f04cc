"""The parts of the model judge: which turns, what is shown of them, what the model answers, and how that agrees with the labels."""
