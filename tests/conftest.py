"""For all tests: how patiently examples are tried."""

from hypothesis import settings

# A busy machine makes any single example slow; what has to be quick has a test of its own.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
