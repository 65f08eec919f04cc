"""Speed and memory of the service, as ratios against a floor measured in the same run."""
