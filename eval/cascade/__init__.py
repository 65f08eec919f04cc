"""What the cascade saves against asking a large model every time, measured with a stand-in endpoint that answers from the labels."""
