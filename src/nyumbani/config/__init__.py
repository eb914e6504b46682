"""Settings, addresses, entry points: knows everybody, nobody knows it."""
