"""Speaks Slack: a payload in, one call to the desk, blocks out."""
