"""What Heard listens for in a message: its words, what its writer waits for, and the mood."""
