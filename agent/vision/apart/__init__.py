"""What runs in the process apart, in which strangers' files are decoded; it loads nothing of the project but this folder."""
