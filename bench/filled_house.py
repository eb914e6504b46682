"""A house with many conversations, filled straight into its tables as the intake would have.

Every personal column is sealed under its person's own key, numbers are found by their digest, a
third of what was written is ours and was read, half of the people are in cases of twenty
caseworkers. One conversation is long, the others hold one to twenty-five messages.
"""

import datetime as dt
import itertools
import os
import random
from collections.abc import Iterator

_LENGTHS = (1, 2, 3, 4, 6, 8, 12, 18, 16, 25)
_LONGEST = 5_000
_PEOPLE_A_CASE = 10
_STAFF = 20
_BATCH = 500  # conversations stored at a time
_WORDS = (
    "Nisaidie tafadhali", "She took my passport", "Niko salama sasa", "هل يمكنك مساعدتي من فضلك",
    "I have not been paid for seven months", "Je, ni salama kuandika?", "After nine only, please",
)  # fmt: skip


def sizes(messages: int) -> Iterator[int]:
    """How many messages each conversation holds; together `messages`."""
    first = min(_LONGEST, messages // 20)
    yield first
    left = messages - first
    for length in itertools.cycle(_LENGTHS):
        if left <= 0:
            return
        yield min(length, left)
        left -= length


class Filler:
    """Fills an empty house; `staff` are its caseworkers, the first one is who will look."""

    def __init__(self, messages: int, seed: int = 1) -> None:
        from nyumbani.accounts.models import RoleGrant, Staff
        from nyumbani.accounts.terms import Role
        from nyumbani.inbox.actions.doors import connect
        from nyumbani.kit import clock
        from nyumbani.kit.doer import System
        from nyumbani.vault.actions import make_house_keys

        self.chance, self.lengths = random.Random(seed), list(sizes(messages))
        self.now = clock.real_now().replace(microsecond=0)
        bench = System("bench")
        make_house_keys(by=bench)
        secrets = {"access_token": "a", "app_secret": "b", "verify_token": "c"}
        self.account = connect(
            channel="whatsapp", account="1001", label="Help line", secrets=secrets, by=bench
        )
        self.staff = [
            Staff.objects.create(username=f"staff{n}", display_name=f"Staff {n}")
            for n in range(_STAFF)
        ]
        for one in self.staff:
            RoleGrant.objects.create(staff=one, role=Role.CASEWORKER, since=self.now)
        self.cases: list[object] = []

    def fill(self) -> Iterator[int]:
        """Store everything; gives the messages stored so far, batch by batch."""
        done = 0
        for start in range(0, len(self.lengths), _BATCH):
            lengths = self.lengths[start : start + _BATCH]
            self._batch(start, lengths)
            done += sum(lengths)
            yield done

    def _batch(self, start: int, lengths: list[int]) -> None:
        from django.db import transaction

        from nyumbani.inbox.models.conversations import Conversation
        from nyumbani.inbox.models.messages import Message
        from nyumbani.inbox.models.sending import Attempt
        from nyumbani.people.models.identifiers import Identifier
        from nyumbani.people.models.names import PersonName
        from nyumbani.people.models.persons import Person

        people = [self._person(start + n) for n in range(len(lengths))]
        rows: dict[type, list[object]] = {
            Person: people, PersonName: [], Identifier: [], Conversation: [], Message: [],
            Attempt: [],
        }  # fmt: skip
        with transaction.atomic():
            self._keys(people)
            for person, length in zip(people, lengths, strict=True):
                self._reach(person, rows)
                self._thread(person, length, rows)
            for kind, some in rows.items():
                kind.objects.bulk_create(some, batch_size=400)  # type: ignore[attr-defined]
            self._into_cases(start, people)

    def _person(self, number: int) -> object:
        from nyumbani.kit import ids
        from nyumbani.people.models.persons import Person
        from nyumbani.vault import terms

        own = ids.new()
        return Person(
            id=own, seal_scope=terms.person(own), number=number + 1, first_heard_at=self.now
        )

    def _keys(self, people: list[object]) -> None:
        from nyumbani.kit import ids
        from nyumbani.vault import actions, datakeys
        from nyumbani.vault.models import DataKey

        for person in people:
            actions._store(ids.new(), person.seal_scope, 1)  # without 100,000 ledger lines
        scopes = {person.seal_scope for person in people}
        self.open = {
            row.scope: datakeys.opened(row) for row in DataKey.objects.filter(scope__in=scopes)
        }

    def _reach(self, person: object, rows: dict[type, list[object]]) -> None:
        from nyumbani.people.models.identifiers import Identifier
        from nyumbani.people.models.names import PersonName
        from nyumbani.people.queries import Reach
        from nyumbani.people.terms import NameSource

        reach = Reach("whatsapp", "wa_id", f"2189{person.number:08d}")
        rows[Identifier].append(self._sealed(
            person, Identifier, person=person, space=reach.space, kind=reach.kind,
            value=reach.value, digest=reach.digest, since=self.now,
        ))  # fmt: skip
        if person.number % 5:
            rows[PersonName].append(self._sealed(
                person, PersonName, person=person, given=f"Invented {person.number}",
                source=NameSource.PROFILE, heard_at=self.now,
            ))  # fmt: skip

    def _thread(self, person: object, length: int, rows: dict[type, list[object]]) -> None:
        from nyumbani.inbox.channels.events import Content
        from nyumbani.inbox.models.conversations import Conversation
        from nyumbani.inbox.terms import Way

        ends = self.now - dt.timedelta(seconds=self.chance.randrange(2 * 365 * 86_400))
        starts = ends - dt.timedelta(minutes=7 * length)
        is_waiting = self.chance.random() < 0.02  # most were answered long ago
        thread = self._sealed(person, Conversation, person=person, last_at=ends)
        for n in range(length):
            is_last = n == length - 1
            ours = n % 3 == 2 or (is_last and not is_waiting and length > 1)
            message = self._message(thread, starts + dt.timedelta(minutes=7 * n), ours=ours)
            rows[message[0].__class__].append(message[0])
            rows[message[1].__class__].append(message[1]) if ours else None
            thread.last_at, thread.last_line = message[0].sent_at, message[0].text
            thread.last_way = Way.OUT if ours else Way.IN
            thread.last_content = Content.TEXT
        thread.heard_at = thread.came_at = thread.last_at
        thread.waiting_since = thread.last_at if is_waiting else None
        thread.owner = self.staff[person.number % _STAFF] if person.number % 3 == 0 else None
        rows[Conversation].append(thread)

    def _message(self, thread: object, at: dt.datetime, *, ours: bool) -> tuple[object, object]:
        from nyumbani.domain.delivery import State
        from nyumbani.inbox.models.messages import Message
        from nyumbani.inbox.models.sending import Attempt
        from nyumbani.inbox.terms import Way

        name = os.urandom(16).hex()
        message = self._sealed(
            thread, Message, conversation=thread, account=self.account,
            way=Way.OUT if ours else Way.IN, content="text", text=self.chance.choice(_WORDS),
            sent_at=at, received_at=at, written_by=self.staff[0] if ours else None,
            provider_id="" if ours else name, provider_digest=None if ours else name * 2,
        )  # fmt: skip
        if not ours:
            return message, None
        attempt = self._sealed(
            thread, Attempt, message=message, state=State.READ, to_kind="wa_id", to="2189",
            provider_id=name, provider_digest=name * 2, queued_at=at, sent_at=at, read_at=at,
        )  # fmt: skip
        return message, attempt

    def _sealed(self, of: object, table: type, **values: object) -> object:
        row = table(seal_scope=of.seal_scope, **values)
        row.__dict__["_seal_key"] = self.open[of.seal_scope]  # asked of the table once, not a row
        return row

    def _into_cases(self, start: int, people: list[object]) -> None:
        """Half of them: ten people a case, each case with one of the staff."""
        from nyumbani.cases.models.case import Case
        from nyumbani.cases.models.members import Member
        from nyumbani.cases.models.team import CaseMembership
        from nyumbani.cases.terms import CaseRole, Part, Urgency
        from nyumbani.kit import ids

        half = people[: len(people) // 2]
        for n in range(0, len(half), _PEOPLE_A_CASE):
            number = start // _PEOPLE_A_CASE + n // _PEOPLE_A_CASE + 1
            owner, scope = self.staff[(number - 1) % _STAFF], half[n].seal_scope
            case = Case(
                id=ids.new(), seal_scope=scope, number=number, title="Invented", opened_by=owner,
                opened_at=self.now, urgency=Urgency.NOW if number % 40 == 0 else Urgency.UNKNOWN,
            )  # fmt: skip
            case.__dict__["_seal_key"] = self.open[scope]
            case.save(force_insert=True)
            CaseMembership.objects.create(
                case=case, staff=owner, role=CaseRole.LEAD, since=self.now, given_by=owner
            )
            Member.objects.bulk_create([
                self._sealed(
                    one, Member, case=case, person=one, part=Part.IN_DISTRESS, since=self.now
                )
                for one in half[n : n + _PEOPLE_A_CASE]
            ])  # fmt: skip
