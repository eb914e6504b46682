"""The tool kit: clock, ids, paging, outgoing HTTP. Knows nothing of the field."""
