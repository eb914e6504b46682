"""Files of cells, csv and xlsx: strangers' bytes become lines of text here, and nothing else.

Nothing here needs Django, so that the command can show a file without a house.
"""
