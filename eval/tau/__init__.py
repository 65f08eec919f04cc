"""The retail store of tau-bench through our remedies: connector, replay of the gold calls, calls outside the policy, reading."""
