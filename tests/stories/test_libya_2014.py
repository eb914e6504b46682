"""The Libya 2014 story, act by act, through the real doors and pages; numbers: the story's own."""

import datetime as dt
import json
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from nyumbani.audit import verifier
from nyumbani.broadcasts.models import Broadcast, Letter, Recipient
from nyumbani.broadcasts.terms import Step
from nyumbani.cases.models.case import Case
from nyumbani.cases.models.facts import Fact
from nyumbani.cases.models.members import Member
from nyumbani.cases.models.tasks import Task
from nyumbani.cases.models.team import CaseMembership
from nyumbani.cases.terms import Part, Standing, Urgency
from nyumbani.chats.models import Chat, ChatExport, ChatLine, ChatSender
from nyumbani.drill.queries import checks
from nyumbani.drill.script.act2 import HELD
from nyumbani.drill.script.cast import (
    ACHIENG,
    AKOTH,
    KERUBO,
    NAFULA,
    NYOKABI,
    REHEMA,
    WAMBUI,
    ZAWADI,
)
from nyumbani.drill.script.groups import GROUPS
from nyumbani.drill.script.steps import (
    AddsTask,
    Broadcasts,
    Notes,
    OpensCase,
    Reads,
    SettlesAlarm,
    WritesFact,
)
from nyumbani.inbox.actions.reading import read_entry
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.conversations import Conversation, ConversationNote
from nyumbani.inbox.models.journal import JournalEntry, OddItem
from nyumbani.inbox.models.messages import Attachment, Message, MessageFact
from nyumbani.inbox.models.sending import Attempt
from nyumbani.inbox.terms import Keeping, Reading, Way
from nyumbani.kit.doer import System
from nyumbani.people.models.identifiers import Identifier
from nyumbani.people.models.names import PersonName
from nyumbani.people.models.persons import Person
from nyumbani.people.terms import NameSource
from nyumbani.vault.files import SealedFile, open_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def of_kind(act, kind):
    return [step for step in act.steps if isinstance(step, kind)]


def kinds_of(person):
    return set(Identifier.objects.filter(person=person, until=None).values_list("kind", flat=True))


def test_act_1_the_first_message(act_1):
    numbers = act_1.act.numbers
    a_case_for_somebody_who_never_wrote(act_1, numbers)
    three_women_each_answered_in_time(act_1, numbers)
    what_she_alleges_points_to_her_message(act_1)
    tasks_and_notes_are_there(act_1)
    every_answer_was_read(act_1)
    everybody_who_wrote_is_called_as_her_profile_says(act_1)
    a_voice_note_is_sealed_and_a_username_needs_no_number(act_1)
    nothing_is_lost_and_nothing_twice(act_1, numbers)
    reading_the_journal_again_changes_nothing()
    who_is_not_of_the_case_opens_nothing(act_1)


def a_case_for_somebody_who_never_wrote(act_1, numbers):
    [case] = Case.objects.all()
    [opened] = of_kind(act_1.act, OpensCase)
    assert numbers.cases == 1
    assert (case.title, case.urgency) == (opened.title, Urgency.NOW)
    reporters = Member.objects.filter(case=case, part=Part.REPORTER)
    [reporter] = reporters
    [in_distress] = Member.objects.filter(case=case, part=Part.IN_DISTRESS)
    assert len(reporters) == numbers.reporters == 1
    assert reporter.person == act_1.thread(REHEMA.key).person
    assert in_distress.person != reporter.person
    assert in_distress.told_by == reporter.person
    # She has no number, never wrote, and is called what others call her.
    assert kinds_of(in_distress.person) == set()
    [called] = PersonName.objects.filter(person=in_distress.person)
    assert (called.given, called.source) == (ACHIENG.first_name, NameSource.SAID)
    [lead] = CaseMembership.objects.filter(case=case, until=None)
    assert (lead.staff.display_name, lead.role) == ("Wanjiku", "lead")


def three_women_each_answered_in_time(act_1, numbers):
    assert Conversation.objects.count() == numbers.conversations == 3
    assert Person.objects.count() == 4
    first = ("rehema.first", "nafula.voice", "zawadi.first")
    channels = [act_1.message(key).account.channel for key in first]
    assert channels == ["messenger", "whatsapp", "whatsapp"]
    for thread in Conversation.objects.all():
        asked = Message.objects.filter(conversation=thread, way=Way.IN).earliest("sent_at")
        told = Message.objects.filter(conversation=thread, way=Way.OUT).earliest("sent_at")
        assert dt.timedelta(0) < told.sent_at - asked.sent_at <= numbers.answered_within


def what_she_alleges_points_to_her_message(act_1):
    [fact] = Fact.objects.all()
    [opened] = of_kind(act_1.act, OpensCase)
    assert (fact.standing, fact.text) == (Standing.ALLEGED, opened.alleged)
    assert fact.said_by == act_1.thread(REHEMA.key).person
    assert fact.about == Member.objects.get(part=Part.IN_DISTRESS).person
    [source] = MessageFact.objects.filter(fact=fact)
    assert source.message == act_1.message("rehema.first")
    assert source.message.text == act_1.act.inbound[0].text


def tasks_and_notes_are_there(act_1):
    due = {task.title: task.due_at for task in Task.objects.all()}
    written = of_kind(act_1.act, AddsTask)
    assert len(written) == 2
    assert {step.text: step.due for step in written}.items() <= due.items()
    [note] = ConversationNote.objects.all()
    assert [note.text] == [step.text for step in of_kind(act_1.act, Notes)]
    assert note.conversation == act_1.thread(REHEMA.key)


def every_answer_was_read(act_1):
    for step in act_1.act.outbound:
        sent = Message.objects.filter(conversation=act_1.thread(step.to), way=Way.OUT)
        assert [message.text for message in sent] == [step.text]
        attempt = Attempt.objects.get(message=sent[0])
        assert attempt.state == "read"
        moments = [attempt.queued_at, attempt.started_at, attempt.sent_at, attempt.delivered_at]
        assert None not in moments
        phone = act_1.stage.phones[step.to]
        assert phone.texts == [step.text]
        assert phone.unread == 0
    assert act_1.message("rehema.when").answers_digest in set(
        Attempt.objects.values_list("provider_digest", flat=True)
    )


def everybody_who_wrote_is_called_as_her_profile_says(act_1):
    """WhatsApp says it with each message; Messenger was asked, for Rehema."""
    for who in (REHEMA, NAFULA, ZAWADI):
        [called] = PersonName.objects.filter(person=act_1.thread(who.key).person)
        wanted = who.profile or f"{who.first_name} {who.last_name}".strip()
        assert (called.given, called.source) == (wanted, NameSource.PROFILE)


def a_voice_note_is_sealed_and_a_username_needs_no_number(act_1):
    [note] = Attachment.objects.all()
    assert note.message == act_1.message("nafula.voice")
    assert note.keeping == Keeping.KEPT
    assert note.sha256 == note.announced_sha256
    sealed = (settings.NYUMBANI_DATA / note.path).read_bytes()
    assert sealed.startswith(b"age-encryption.org/v1")
    opened = open_file(SealedFile(note.path, note.sha256, note.size), note.seal_scope)
    assert opened.startswith(b"OggS")
    assert b"sauti ya Nafula" in opened
    assert "wa_id" in kinds_of(act_1.thread(NAFULA.key).person)
    assert kinds_of(act_1.thread(ZAWADI.key).person) == {"bsuid", "username"}


def nothing_is_lost_and_nothing_twice(act_1, numbers):
    posted, taken = act_1.graph.postman.log, act_1.graph.postman.taken()
    assert {one.status for one in posted} == {200}
    assert len(posted) > len(taken)  # some came twice ...
    assert max(parcel.items for parcel in taken) >= 2  # ... and some together
    journal = JournalEntry.objects.all()
    assert len(journal) == len(taken)
    assert {entry.reading for entry in journal} == {Reading.READ}
    assert sum(entry.events for entry in journal) == sum(events_in(p.body) for p in taken)
    assert not OddItem.objects.exists()
    written = {name for phone in act_1.stage.phones.values() for name in phone.written}
    here = {message.provider_id for message in Message.objects.filter(way=Way.IN)}
    assert len(written - here) == numbers.lost == 0
    assert Message.objects.filter(way=Way.IN).count() == len(act_1.act.inbound) == len(written)
    assert Message.objects.exclude(way=Way.IN).count() == len(act_1.act.outbound)
    verdict = verifier.verify()
    assert verdict.is_good, verdict
    assert verdict.entries > 60


def reading_the_journal_again_changes_nothing():
    kinds = (Person, Identifier, PersonName, Conversation, Message, Attachment, Attempt, OddItem)
    before = [sorted(kind.objects.values_list("pk", flat=True)) for kind in kinds]
    states = list(Attempt.objects.order_by("pk").values_list("state", "read_at"))
    for entry in JournalEntry.objects.order_by("-pk"):
        read_entry(entry_id=entry.pk, by=System("replay"))
    assert [sorted(kind.objects.values_list("pk", flat=True)) for kind in kinds] == before
    assert list(Attempt.objects.order_by("pk").values_list("state", "read_at")) == states
    assert Case.objects.count() == 1


def who_is_not_of_the_case_opens_nothing(act_1):
    desk, [case] = act_1.colleague, Case.objects.all()
    pages = [
        f"/cases/{case.pk}/",
        f"/inbox/{act_1.thread(REHEMA.key).person_id}/",
        f"/people/{Member.objects.get(part=Part.IN_DISTRESS).person_id}/",
        f"/files/{Attachment.objects.get().pk}/",
    ]
    assert [desk.http.get(page).status_code for page in pages] == [200] * 4
    desk.press("/demo/enter/", "/demo/enter/", role="trainer")
    assert [desk.http.get(page).status_code for page in pages] == [404] * 4


def events_in(body):
    """How many things a webhook body tells, counted without our parser."""
    payload = json.loads(body)
    if payload["object"] == "page":
        items = [item for entry in payload["entry"] for item in entry["messaging"]]
        # A delivery names messages one by one, and a moment before which all others arrived.
        return sum(1 + len(item.get("delivery", {}).get("mids", [])) for item in items)
    values = [change["value"] for entry in payload["entry"] for change in entry["changes"]]
    return sum(len(value.get("messages", [])) + len(value.get("statuses", [])) for value in values)


def test_act_2_the_groups(act_2):
    numbers = act_2.act.numbers
    sixteen_are_known_and_nobody_twice(act_2, numbers)
    two_group_chats_are_here_byte_for_byte(act_2)
    one_woman_stands_in_both_chats(act_2)
    each_got_the_words_in_her_language(act_2, numbers)
    nothing_left_outside_her_hours(act_2, numbers)
    her_duress_word_stopped_everything_to_her(act_2, numbers)
    who_has_read_is_known_person_by_person(act_2)
    they_leave_the_houses(act_2)
    every_channel_played(act_2)
    who_is_not_of_the_case_sees_no_chat_and_no_words_to_many(act_2)


def sixteen_are_known_and_nobody_twice(act_2, numbers):
    [case] = Case.objects.all()
    inside = Member.objects.filter(case=case, part=Part.IN_DISTRESS, until=None)
    people = list(inside.values_list("person", flat=True))
    assert len(people) == len(set(people)) == numbers.in_distress == 16
    assert Conversation.objects.count() == numbers.conversations == 16
    # Achieng has no telephone; Rehema speaks for her and is not in distress herself.
    assert Person.objects.count() == 17


def two_group_chats_are_here_byte_for_byte(act_2):
    assert {chat.title for chat in Chat.objects.all()} == {g.title for g in GROUPS.values()}
    for export in ChatExport.objects.all():
        group = next(g for g in GROUPS.values() if g.file_name == export.name)
        kept = SealedFile(export.path, export.sha256, export.size)
        assert open_file(kept, export.seal_scope) == group.content()
        lines = ChatLine.objects.filter(export=export)
        spans = sorted(lines.values_list("byte_start", "byte_end"))
        assert spans[0][0] == 0
        assert spans[-1][1] == len(group.content())
        assert all(ends == begins for (_, ends), (begins, _) in pairwise(spans))
    typed = [line for line in ChatLine.objects.all() if "Employer" in line.text]
    assert ["header_like" in " ".join(line.flags) or bool(line.flags) for line in typed] == [True]


def one_woman_stands_in_both_chats(act_2):
    wambui = act_2.thread(WAMBUI.key).person
    names = {row.name for row in ChatSender.objects.filter(person=wambui)}
    assert names == {"Wambui Tripoli", "+218 91 000 00 12"}
    senders = ChatSender.objects.all()
    assert all(sender.person is not None for sender in senders if sender.lines)


def each_got_the_words_in_her_language(act_2, numbers):
    [sent] = of_kind(act_2.act, Broadcasts)
    words = dict(sent.words)
    for who in act_2.act.cast:
        phone = act_2.stage.phones.get(who.key)
        if phone is None or who.key in {REHEMA.key, AKOTH.key}:
            continue
        assert words[who.language] in phone.texts, who.key
        assert sum(text in words.values() for text in phone.texts) == 1
    assert not set(words.values()) & set(act_2.stage.phones[REHEMA.key].texts)
    rows = Recipient.objects.all()
    assert len(rows) == numbers.in_distress
    refused = [row.outcome["why"] for row in rows if row.step == Step.REFUSED]
    assert sorted(refused) == ["alarmed", "unreachable"]
    assert (numbers.refused, numbers.out_of_reach) == (1, 1)


def nothing_left_outside_her_hours(act_2, numbers):
    letters = Attempt.objects.filter(message__in=Letter.objects.values("message"))
    held = letters.exclude(held_until=None)
    assert held.count() == numbers.held == len(HELD) == 5
    evening = dt.datetime(2014, 11, 11, 21, tzinfo=ZoneInfo("Africa/Tripoli"))
    assert {attempt.held_until for attempt in held} == {evening}
    assert all(attempt.started_at >= evening for attempt in held)
    assert checks.outside_her_hours() == 0
    assert "5" in act_2.previews["words.first"]


def her_duress_word_stopped_everything_to_her(act_2, numbers):
    thread = act_2.thread(AKOTH.key)
    [alarm] = Alarm.objects.all()
    assert (alarm.conversation, alarm.message) == (thread, act_2.message("akoth.duress"))
    [settled] = of_kind(act_2.act, SettlesAlarm)
    assert alarm.settled_how == settled.how
    # One answer in the evening before, nothing since: not even the words to all.
    assert act_2.stage.phones[AKOTH.key].texts == ["Asante. Je, sasa uko peke yako?"]


def who_has_read_is_known_person_by_person(act_2):
    def state(who):
        letter = Letter.objects.get(recipient__person=act_2.thread(who.key).person)
        return Attempt.objects.filter(message=letter.message).latest("queued_at").state

    reads = {step.who for step in of_kind(act_2.act, Reads)}
    told = {who.key: state(who) for who in act_2.act.cast if who.channel == "whatsapp"}
    assert {key for key, now in told.items() if now == "read"} == reads & set(told)
    assert set(told.values()) == {"read", "delivered"}
    assert state(KERUBO) == "delivered"  # a network tells that it arrived, nobody that it was read
    assert state(NYOKABI) == "sent"  # Telegram tells a bot nothing more


def they_leave_the_houses(act_2):
    written = {fact.text for fact in Fact.objects.filter(matter="place")}
    assert {step.text for step in of_kind(act_2.act, WritesFact)} <= written
    assert len(of_kind(act_2.act, WritesFact)) == 4


def every_channel_played(act_2):
    used = set(Message.objects.values_list("account__channel", flat=True))
    assert {"whatsapp", "messenger", "sms", "telegram"} <= used
    written = {name for phone in act_2.stage.phones.values() for name in phone.written}
    assert Message.objects.filter(way=Way.IN).count() == len(act_2.inbound) == len(written)
    assert not OddItem.objects.exists()
    assert verifier.verify().is_good


def who_is_not_of_the_case_sees_no_chat_and_no_words_to_many(act_2):
    desk, chat, words = act_2.colleague, Chat.objects.first(), Broadcast.objects.get()
    pages = [f"/chats/{chat.pk}/", f"/chats/{chat.pk}/people/", f"/to-many/{words.pk}/"]
    assert [desk.http.get(page).status_code for page in pages] == [200] * 3
    desk.press("/demo/enter/", "/demo/enter/", role="trainer")
    assert [desk.http.get(page).status_code for page in pages] == [404] * 3
