"""The ledger of what was done and seen."""
