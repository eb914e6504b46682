"""What staff do beside a conversation; the conversation's own page stands in `desk`."""
