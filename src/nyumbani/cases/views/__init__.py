"""What staff do with a case; the case's own page stands in `desk`."""
