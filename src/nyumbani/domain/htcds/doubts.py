"""What one should know of a file in the standard before one believes it."""

from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    """One kind of doubt; the defects of the standard's own forms stand first."""

    NAME_DISAGREES = "name_disagrees"  # hidden names of the address block stand in another order
    NO_NAME = "no_name"  # one column of the toolkit has a label and no name
    MISSPELT = "misspelt"
    OTHER_NAME = "other_name"  # the XLSForm calls it otherwise
    BLANK_AT_END = "blank_at_end"  # "DebtBondage ", or a no-break space after a gender
    SEVERAL_CITIZENSHIPS = "several_citizenships"  # one in the XLSForm, several in the standard
    NOT_LISTED = "not_listed"  # defined, but missing in the pick-list
    NOT_DEFINED = "not_defined"  # in the pick-list, but defined nowhere
    DEPRECATED = "deprecated"
    AMBIGUOUS = "ambiguous"  # Type, Longitude and Latitude are labels of three fields each
    TWICE = "twice"  # a second column for the same field
    UNKNOWN_COLUMN = "unknown_column"
    UNKNOWN_VALUE = "unknown_value"
    NO_HEADING = "no_heading"  # values under no heading
    ROWS_ABOVE = "rows_above"  # lines before the headings


@dataclass(frozen=True, slots=True)
class Noted:
    """A doubt, the heading it is about, and what stands there (may be empty)."""

    doubt: Doubt
    column: str
    what: str = ""
