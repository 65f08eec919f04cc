"""How well articles are recognised, on synthetic views of catalogue pictures: there are no real customers' photos here."""
