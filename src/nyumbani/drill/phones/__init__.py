"""Simulated phones of invented people: what they write reaches our doors as real webhooks."""
