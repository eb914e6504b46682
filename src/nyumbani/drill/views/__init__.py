"""The demonstration's own pages; outside a demonstration they do not exist."""
