"""Heard: no customer message goes unheard."""
