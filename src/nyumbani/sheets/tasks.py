"""What the worker does for lists."""

from nyumbani.jobs.registry import Running, handler
from nyumbani.sheets import reader


@handler("sheets.add", outside=True)
def add(job: Running) -> None:
    """Add the people of a list."""
    reader.add(job.text("sheet"), progress=job.progress)
