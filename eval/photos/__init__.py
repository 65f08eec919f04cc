"""How well defects are told in photos. All photos are drawn by us: the figures compare one build with another, and say nothing of real photos."""
