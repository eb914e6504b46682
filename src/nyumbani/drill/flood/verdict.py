"""What a house holds after a flood, held against what the crowd knows."""

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass

from nyumbani.drill.flood.crowd import Crowd, Person
from nyumbani.drill.flood.letters import Seen, has_final_state, is_lost_sight_of, untruth
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.journal import OddItem
from nyumbani.inbox.models.messages import Message, MessageChange
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import AttemptState, ChangeKind, Way

AccountIds = tuple[str, ...]
_ON_ITS_WAY = (AttemptState.QUEUED, AttemptState.SENDING)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the house differs from what happened; nothing but `lost_sight` may be above zero."""

    lost: int  # written, and not there
    doubled: int  # there more than once
    invented: int  # there, and nobody wrote it, or not so
    mixed: int  # conversations with words of more than one person
    split: int  # people with more than one conversation
    edits_wrong: int
    unwritten: int  # people to whom no letter of ours is kept
    letters_wrong: int  # sent twice, sent after a refusal, or said to be what they are not
    statuses_late: int  # the last report was not understood
    odd_wrong: int  # items not understood, more or fewer than were damaged, or given to somebody
    lost_sight: int  # letters that only a killed sender explains: said to be unknown

    @property
    def is_sound(self) -> bool:
        """Whether all is as it was; the kills must explain `lost_sight`."""
        return not any(count for name, count in asdict(self).items() if name != "lost_sight")


def verdict_on(crowd: Crowd, accounts: AccountIds, *, damaged: int) -> Verdict:
    """Compare everything; `accounts` are ours that the crowd writes to, by their row's id."""
    said = crowd.said
    rows = list(Message.objects.filter(account__in=accounts).exclude(way=Way.NOTICE))
    hers = Counter(row.text for row in rows if row.way == Way.IN)
    strange = sum(row.way not in {Way.IN, Way.OUT} for row in rows)
    mixed, split = _threads(rows, said)
    letters = [(person, _seen(crowd, person, rows)) for person in crowd.people]
    kept = [(person, seen) for person, seen in letters if seen is not None]
    return Verdict(
        lost=len(said.keys() - hers.keys()),
        doubled=sum(count - 1 for count in hers.values()),
        invented=strange + len(hers.keys() - said.keys()),
        mixed=mixed,
        split=split,
        edits_wrong=_edits_wrong(crowd, rows, accounts),
        unwritten=len(letters) - len(kept),
        letters_wrong=sum(bool(untruth(person.letter, seen)) for person, seen in kept),
        statuses_late=sum(not has_final_state(person.letter, seen) for person, seen in kept),
        odd_wrong=_odd_wrong(damaged),
        lost_sight=sum(is_lost_sight_of(person.letter, seen) for person, seen in kept),
    )


def complaints(crowd: Crowd) -> list[str]:
    """Each letter of which something untrue is said: channel, fate, what is wrong."""
    rows = list(Message.objects.filter(way=Way.OUT))
    found = []
    for person in crowd.people:
        seen = _seen(crowd, person, rows)
        why = untruth(person.letter, seen) if seen else "not kept"
        if not why and seen and not has_final_state(person.letter, seen):
            why = "last report not understood"
        if why:
            letter = person.letter
            found.append(f"{letter.channel} {letter.fate} after {len(letter.waits)}: {why}, {seen}")
    return found


def is_settled(crowd: Crowd, accounts: AccountIds, *, damaged: int) -> bool:
    """Whether nothing more can be expected: all is there, and no letter is on its way."""
    moving = Attempt.objects.filter(message__account__in=accounts, state__in=_ON_ITS_WAY)
    if moving.exists() or OddItem.objects.count() < damaged:
        return False
    found = verdict_on(crowd, accounts, damaged=damaged)
    return not (found.lost or found.edits_wrong or found.unwritten or found.statuses_late)


def accounts_of(names: tuple[str, ...]) -> AccountIds:
    """The rows of these accounts of ours."""
    rows = ChannelAccount.objects.filter(account__in=names)
    return tuple(rows.values_list("id", flat=True))


def _threads(rows: list[Message], said: dict[str, int]) -> tuple[int, int]:
    people: dict[str, set[int]] = defaultdict(set)
    threads: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        if row.way == Way.IN and row.text in said:
            people[row.conversation_id].add(said[row.text])
            threads[said[row.text]].add(row.conversation_id)
    return sum(len(one) > 1 for one in people.values()), sum(len(t) > 1 for t in threads.values())


def _edits_wrong(crowd: Crowd, rows: list[Message], accounts: AccountIds) -> int:
    wanted = {old: new for person in crowd.people for old, new in person.edited.items()}
    texts = {row.provider_digest: row.text for row in rows if row.way == Way.IN}
    kept = MessageChange.objects.filter(account__in=accounts, kind=ChangeKind.EDIT)
    found = Counter((texts.get(one.target_digest, ""), one.text) for one in kept)
    wrong = found - Counter(wanted.items())
    return wrong.total() + (Counter(wanted.items()) - found).total()


def _seen(crowd: Crowd, person: Person, rows: list[Message]) -> Seen | None:
    letter = person.letter
    kept = [row for row in rows if row.way == Way.OUT and row.text == letter.text]
    attempts = list(Attempt.objects.filter(message__in=kept))
    if not attempts:
        return None
    arrived = person.received.count(letter.text)
    return Seen(attempts[-1].state, arrived, crowd.asked(person), len(attempts))


def _odd_wrong(damaged: int) -> int:
    odd = OddItem.objects.all()
    return abs(odd.count() - damaged) + odd.exclude(person=None).count()
