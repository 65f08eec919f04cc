"""Who reads and writes: the local brain, a language model, and the cascade of both."""
