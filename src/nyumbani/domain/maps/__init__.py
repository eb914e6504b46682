"""Places on our own map, so that nobody else learns where we look."""
