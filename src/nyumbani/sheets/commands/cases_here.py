"""The case that a command names: NYB-7."""

import re

from nyumbani.cases.models.case import Case
from nyumbani.kit.console import CannotDo, Misuse

_CASE = re.compile(r"(?:NYB-?)?(\d{1,9})", re.IGNORECASE)


def case_called(given: str) -> Case:
    """The case of this number. Raises Misuse and CannotDo."""
    fits = _CASE.fullmatch(given.strip())
    if fits is None:
        raise Misuse(f"--case {given}: write it as NYB-7")
    case = Case.objects.filter(number=int(fits[1])).first()
    if case is None:
        raise CannotDo(f"there is no case {given}; nothing was done")
    return case
