"""`nyumbani verify`: one clear sentence, or the same as JSON."""

from nyumbani.audit import verifier, witness
from nyumbani.audit.verifier import Verdict
from nyumbani.kit.console import FAILED, GOOD, Misuse, say, say_json


def verify(*, json: bool = False, head: str | None = None) -> int:
    """Verify the whole ledger, say what was found, and return the exit code.

    `head` is `n:hash` as an earlier run, a backup or an outside witness noted it; raises Misuse
    when it cannot be understood. A good head is added to the head witness in the keys folder.
    """
    try:
        given = witness.parse(head, "the head given") if head else None
    except witness.Unreadable as error:
        raise Misuse(str(error)) from None
    verdict = verifier.verify(given)
    noted = _bear_witness(verdict)
    if json:
        say_json(_told(verdict))
    else:
        say(" ".join([*_sentences(verdict), *noted]))
    return GOOD if verdict.is_good else FAILED


def _bear_witness(verdict: Verdict) -> list[str]:
    if not verdict.is_good or not verdict.head:
        return []
    seen = witness.parse(verdict.head, "the head")
    file = witness.folder() / witness.FILE
    try:
        witness.append(file, n=seen.n, hash_=seen.hash)
    except OSError as error:
        return [f"Its head could not be noted in {file}: {error.strerror}."]
    return []


def _sentences(verdict: Verdict) -> list[str]:
    bad = verdict.first_bad
    if bad:
        before = (
            f"the {verdict.entries} before it are as written"
            if verdict.entries
            else "none before it"
        )
        said = [f"The ledger is broken at entry {bad.n}: it {bad.why} ({before})."]
    elif verdict.entries:
        count = "1 entry" if verdict.entries == 1 else f"{verdict.entries} entries"
        said = [f"The ledger is whole: {count}, head {verdict.head}."]
    else:
        said = ["The ledger is whole: it has no entries yet."]
    return said + [f"Trouble: {trouble}." for trouble in verdict.troubles]


def _told(verdict: Verdict) -> dict[str, object]:
    bad = verdict.first_bad
    return {
        "good": verdict.is_good,
        "entries": verdict.entries,
        "head": verdict.head,
        "first_bad": {"n": bad.n, "why": bad.why} if bad else None,
        "troubles": list(verdict.troubles),
    }
