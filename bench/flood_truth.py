"""What a flood of WhatsApp left in the house, held against what really happened."""

import time

ACCOUNT = "1001"  # our number that the flood of WhatsApp goes to


def findings(truth: object) -> dict[str, object]:
    from nyumbani.audit.verifier import verify
    from nyumbani.domain.delivery import State, higher
    from nyumbani.inbox.actions.page import digest_of
    from nyumbani.inbox.models.journal import JournalEntry
    from nyumbani.inbox.models.messages import Message
    from nyumbani.inbox.models.sending import Report
    from nyumbani.jobs.models import Job
    from nyumbani.people.models.pairs import Pair

    rows = [(m.provider_id, m.conversation_id, m.conversation.person_id) for m in
            Message.objects.filter(account__account=ACCOUNT).exclude(way="notice")
            .select_related("conversation")]  # fmt: skip
    found = truth.messages_found((name, person) for name, _, person in rows)
    pairs = {frozenset(p) for p in Pair.objects.values_list("left_id", "right_id")}
    unasked = _split_without_a_question(truth, rows, found.split, pairs)
    reached: dict[str, State] = {}
    for digest, state in Report.objects.values_list("provider_digest", "state"):
        reached[digest] = higher(reached.get(digest, State.SENDING), State(state))
    stored = {
        name: reached.get(digest_of("whatsapp", ACCOUNT, name), "") for name in truth.statuses
    }
    wrong = truth.statuses_wrong({name: str(state) for name, state in stored.items()})
    verdict = verify()
    dead = Job.objects.filter(state="dead").exclude(kind="inbox.fetch").count()
    sound = found.sound and not unasked and not wrong and verdict.is_good and not dead
    return {
        "sound": sound, "messages": len(rows), "lost": len(found.lost),
        "doubled": len(found.doubled), "invented": len(found.unknown),
        "misattributed": len(found.mixed), "people_in_two_threads_unasked": len(unasked),
        "people_put_side_by_side": len(pairs), "statuses_wrong": len(wrong),
        "dead_jobs": dead, "ledger_entries": verdict.entries, "ledger_good": verdict.is_good,
        "journal": JournalEntry.objects.count(),
    }  # fmt: skip


def _split_without_a_question(
    truth: object, rows: list[tuple[str, str, str]], split: list[int], pairs: set[frozenset[str]]
) -> list[int]:
    """People in several threads that nobody is asked about: a question must join them all."""
    threads: dict[int, set[str]] = {}
    for name, _, person in rows:
        written = truth.messages.get(name)
        owner = written.person if written else truth.echoes.get(name)
        threads.setdefault(owner, set()).add(person)
    return [who for who in split if not _joined(threads[who], pairs)]


def _joined(threads: set[str], pairs: set[frozenset[str]]) -> bool:
    reached, waiting = set(), [next(iter(threads))]
    while waiting:
        one = waiting.pop()
        reached.add(one)
        waiting += [o for o in threads - reached if frozenset((one, o)) in pairs]
    return reached == threads


def parse_only(bodies: list[bytes]) -> float:
    from nyumbani.inbox.channels.registry import channel

    parse = channel("whatsapp").parse
    began = time.perf_counter()
    for body in bodies:
        parse(body)
    return time.perf_counter() - began
