"""The durable work queue."""
