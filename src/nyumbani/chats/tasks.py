"""What the worker does for exported chats."""

from nyumbani.chats import reader
from nyumbani.jobs.registry import Running, handler


@handler("chats.read", outside=True)
def read(job: Running) -> None:
    """Read one file that was brought in."""
    reader.read(job.text("export"), progress=job.progress)
