"""A simulated Graph API on loopback: sends, media, names, faults, signed status webhooks."""
