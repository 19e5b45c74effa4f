"""The words that name a time, kind by kind."""
