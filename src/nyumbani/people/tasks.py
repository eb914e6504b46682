"""What the worker does for people."""

from nyumbani.jobs.actions import enqueue
from nyumbani.jobs.registry import Running, handler
from nyumbani.kit.doer import System
from nyumbani.people.actions import indexing

INDEX = System("index")


@handler(indexing.KIND)
def index(job: Running) -> None:
    """Index some people anew, and have the next ones done."""
    last = indexing.index_batch(after=job.number("after"), by=INDEX)
    if last is not None:
        enqueue(kind=indexing.KIND, data={"after": last}, by=INDEX)
