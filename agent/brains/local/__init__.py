"""The local brain: classifiers over sentence embeddings, lexicons and rules. No key, no network."""
