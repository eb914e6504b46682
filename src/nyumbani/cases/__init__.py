"""Cases, members, facts, tasks, notes."""
