"""What keys are for."""

HOUSE = "house"  # things before a case or person exists: channel secrets, names of staff devices
INDEX = "index"  # the blind index's key; never rotated without re-indexing
INTAKE = "intake"  # the write-only door


def person(person_id: str) -> str:
    """The scope of one person's own key: what she is called, how she is reached, what she wrote."""
    return f"person:{person_id}"


def case(case_id: str) -> str:
    """The scope of one case's key: facts, notes, tasks."""
    return f"case:{case_id}"
