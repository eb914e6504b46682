"""What the worker does for words to many."""

from nyumbani.broadcasts.actions.sending import send_part
from nyumbani.jobs.actions import enqueue
from nyumbani.jobs.registry import Running, handler
from nyumbani.kit.doer import System

SENDER = System("broadcasts")


@handler("broadcasts.send")
def send(job: Running) -> None:
    """Write to the next few, and have the rest written to after them."""
    broadcast_id = job.text("broadcast")
    if send_part(broadcast_id=broadcast_id, by=SENDER):
        enqueue(kind="broadcasts.send", data={"broadcast": broadcast_id}, by=SENDER)
