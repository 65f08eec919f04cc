"""How many examples a property is tried on: few and always the same in a test run, many and random in `make fuzz`."""

import os

from hypothesis import HealthCheck, settings

#: What the load of the machine decides is no property of the code.
CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
DEFAULT = 100  #: Hypothesis' own
TIMES = int(os.environ.get("TIMES", "20"))

settings.register_profile("steady", derandomize=True, max_examples=DEFAULT, **CALM)
settings.register_profile("fuzz", derandomize=False, max_examples=DEFAULT * TIMES, print_blob=True, **CALM)


def many(number: int) -> int:
    """For a test with a number of its own: as many times more as the profile has."""
    return number * settings().max_examples // DEFAULT
