"""The same safe words to many, and who has read them."""
