"""Very many webhooks at once, with the truth beside them, for benches and endurance tests."""
