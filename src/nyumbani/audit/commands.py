"""`nyumbani verify`: one clear sentence, or the same as JSON."""

import json as json_

from nyumbani.audit import verifier, witness
from nyumbani.audit.verifier import Verdict

GOOD, BAD, MISUSE = 0, 1, 2


def verify(json: bool = False, head: str | None = None) -> int:  # noqa: FBT001, FBT002 - a switch
    """Verify the whole ledger, say what was found, and return the exit code.

    `head` is `n:hash` as an earlier run, a backup or an outside witness noted it. 0: everything
    is as written; 1: it is not; 2: `head` cannot be understood. A good head is added to the head
    witness in the keys folder.
    """
    try:
        given = witness.parse(head, "the head given") if head else None
    except witness.Unreadable as error:
        print(f"{error}.")
        return MISUSE
    verdict = verifier.verify(given)
    noted = _bear_witness(verdict)
    print(_as_json(verdict) if json else " ".join([*_sentences(verdict), *noted]))
    return GOOD if verdict.is_good else BAD


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


def _as_json(verdict: Verdict) -> str:
    bad = verdict.first_bad
    return json_.dumps(
        {
            "good": verdict.is_good,
            "entries": verdict.entries,
            "head": verdict.head,
            "first_bad": {"n": bad.n, "why": bad.why} if bad else None,
            "troubles": list(verdict.troubles),
        },
        ensure_ascii=False,
    )
