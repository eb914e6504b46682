"""What ids, hashes and words of ours look like: the pieces of which ledger and queue build theirs.

What is personal does not fit them: capital letters, spaces, `@`, `+`, dates, long runs of digits.
"""

WORD = r"[a-z][a-z0-9_-]{0,39}"
"""A word of ours: `whatsapp`, `document_officer`, `age-v1`."""

ULID = r"[0-7][0-9A-HJKMNP-TV-Z]{25}"

HEX = r"(?:[0-9a-f]{2}){16,64}"
"""128 to 512 bits: shorter runs could be a telephone number."""

COUNT = r"[0-9]{1,6}"
"""A row's number; too short for a telephone number."""
