"""What an evaluator types."""
