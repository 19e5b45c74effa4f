"""The public holidays of a country, or of a part of one."""

from __future__ import annotations

from bot.core.hours import Holiday


def holidays_of(code: str) -> Holiday:
    """Return the calendar of a country ("DE") or of a part of one ("DE-BY").

    Raises:
        ValueError: it is not known, with what is.
    """
    import holidays  # noqa: PLC0415 - takes long to import, and few need it

    country, _, region = code.upper().partition("-")
    try:
        calendar = holidays.country_holidays(country, subdiv=region or None)
    except NotImplementedError:
        raise ValueError(
            f"{code!r} is not known; write a country's two letters and, if need be, a region:"
            " DE, DE-BY, US-CA"
        ) from None
    return lambda day: day in calendar
