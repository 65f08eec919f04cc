"""What many conversations say together."""
