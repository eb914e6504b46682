"""Cells that no spreadsheet takes for a formula, and back exactly.

What begins like a formula gets an apostrophe in front on the way out. On the way in one apostrophe
goes again, but only from what begins like a formula behind it: a name such as 'Abd al-Rahman keeps
its own.
"""

import re

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def neutralised(value: str) -> str:
    """The value as it may stand in a cell."""
    return f"'{value}" if _FORMULA.match(value) else value


def restored(cell: str) -> str:
    """The value of such a cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
