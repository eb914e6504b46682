"""Work that stopped: a person has it done again, or lays it aside; the ledger says who."""

from django.db import transaction

from nyumbani.audit.actions import record
from nyumbani.jobs import actions as jobs
from nyumbani.jobs.terms import Discard
from nyumbani.kit.doer import Doer


@transaction.atomic
def run_again(*, job_id: str, by: Doer) -> None:
    """Put work that stopped back into the queue, with all its tries before it.

    Raises `jobs.terms.NotDead`, or `SameWorkWaits` when the same work is in the queue already.
    """
    record(by=by, verb="job.retried", about=f"job:{job_id}")
    jobs.retry(job_id=job_id, by=by)


@transaction.atomic
def lay_aside(*, job_id: str, reason: Discard, by: Doer) -> None:
    """Decide that work that stopped will not be done; raises `jobs.terms.NotDead`."""
    record(by=by, verb="job.discarded", about=f"job:{job_id}", reason=reason.value)
    jobs.discard(job_id=job_id, reason=reason, by=by)
