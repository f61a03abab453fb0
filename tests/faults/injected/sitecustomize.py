"""Put before all others in PYTHONPATH: every Python process of a command begins with the fault that its environment names."""

from tests.faults.steps import from_environment

from_environment()
