"""What is done with lists, one deed a file."""
