"""The pages of this room, one noun a file."""
