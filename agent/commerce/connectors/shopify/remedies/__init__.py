"""What Shopify can do to put a case right: one file a remedy."""
