"""What puts a case right on the demo shop: one file a kind."""
