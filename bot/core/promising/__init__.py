"""The words that commit the writer to something, and those that take that back."""
