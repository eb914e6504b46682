"""What people bring from WhatsApp's "Export chat": the only way into the women's own groups.

Plain Python without Django, keys or network. An export is evidence: the bytes are kept, every
message says from which byte to which it stands, every byte is accounted for once, and what is not
sure is said and asked, never guessed in silence.
"""
