"""The inbox's verbs, one noun a file."""
