"""What a draft risks with the customer who will read it, a file for each kind."""
