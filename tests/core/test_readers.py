"""What is loaded late is there when it is asked for."""

from bot.core import readers


def test_all_that_is_loaded_late_is_there():
    """Each name is found in its module, so that no message is the first to miss it."""
    readers.warm()
    assert set(readers.HOMES) == set(readers.__all__) <= set(vars(readers))
