"""Nyumbani, "homeward": from the first message to home."""
