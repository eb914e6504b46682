"""The story played in a running house: phones by HTTP, staff by pages, the worker between."""

import datetime as dt
from functools import singledispatchmethod
from zoneinfo import ZoneInfo

from nyumbani.accounts.models import Staff
from nyumbani.cases.models.case import Case
from nyumbani.chats.models import Chat, ChatSender
from nyumbani.drill.script.act import NAIROBI
from nyumbani.drill.script.acts import CAST, COLLEAGUES
from nyumbani.drill.script.groups import GROUPS
from nyumbani.drill.script.steps import (
    AddsTask,
    Agrees,
    Answers,
    Assigns,
    BringsIn,
    Broadcasts,
    Joins,
    Notes,
    OpensCase,
    SaysWho,
    SettlesAlarm,
    WritesFact,
)
from nyumbani.drill.stage import Stage
from nyumbani.inbox.actions.page import digest_of
from nyumbani.inbox.models.alarms import Alarm
from nyumbani.inbox.models.messages import Message
from nyumbani.jobs.worker import run_due


class Performance:
    """Acts on the stage, one after the other, with the house in front of them."""

    def __init__(self, platforms, acts, clock_file, colleague):
        self.platforms, self.graph = platforms, platforms.graph
        self.acts, self.clock, self.colleague = acts, clock_file, colleague
        self.stage = Stage(platforms, {c.key: c for act in acts for c in act.cast}.values())
        self.cases, self.previews = {}, {}

    @property
    def act(self):
        """The one that ended last."""
        return self.acts[-1]

    @property
    def inbound(self):
        return [step for act in self.acts for step in act.inbound]

    def play(self):
        for step in (step for act in self.acts for step in act.steps):
            self.clock.set(step.at)
            if not self.stage.play(step):
                self.staff(step)
            self.settle()

    def settle(self):
        """Whatever is on its way arrives, and what that brings is done, until all is quiet."""
        self.platforms.settle()
        while run_due(strict=True):
            self.platforms.settle()

    def message(self, key):
        """What a step of the phones wrote, as it stands in the house."""
        name = self.stage.messages[key]
        digests = [digest_of(door.channel, door.account, name) for door in self.platforms.doors]
        return Message.objects.get(provider_digest__in=digests)

    def thread(self, who):
        """The conversation with somebody of the cast."""
        first = next(step.key for step in self.inbound if step.who == who)
        return self.message(first).conversation

    # ---- the staff ----

    @singledispatchmethod
    def staff(self, step):
        raise AssertionError(f"nobody plays {step}")

    @staff.register
    def _(self, step: Answers):
        page = f"/inbox/{self.thread(step.to).person_id}/"
        self.colleague.press(page, f"{page}reply/", text=step.text)

    @staff.register
    def _(self, step: Notes):
        page = f"/inbox/{self.message(step.on).conversation.person_id}/"
        self.colleague.press(page, f"{page}note/", text=step.text)

    @staff.register
    def _(self, step: OpensCase):
        about = self.message(step.about)
        page = f"/inbox/{about.conversation.person_id}/{about.pk}/take-up/"
        self.colleague.press(
            page, page, about="other", called=step.known_as, matter="mistreatment",
            alleged=step.alleged, title=step.title,
            urgency="now" if step.in_danger else "unknown", urgency_why=step.alleged,
        )  # fmt: skip
        self.cases[step.key] = Case.objects.latest("number")

    @staff.register
    def _(self, step: Assigns):
        page = f"/cases/{self.cases[step.case].pk}/"
        to = Staff.objects.get(display_name=COLLEAGUES[step.to].display_name)
        self.colleague.press(page, f"{page}team/assign/", staff=to.pk, role="lead")

    @staff.register
    def _(self, step: AddsTask):
        page = f"/cases/{self.cases[step.case].pk}/tasks/add/"
        # A browser's field for day and hour speaks the zone of the house.
        due = step.due.astimezone(ZoneInfo("Africa/Nairobi")).strftime("%Y-%m-%dT%H:%M")
        self.colleague.press(page, page, title=step.text, due_at=due)

    # ---- act two ----

    @staff.register
    def _(self, step: BringsIn):
        group = GROUPS[step.group]
        file = {"file": (group.file_name, group.content(), "text/plain")}
        done = self.colleague.press(
            "/chats/bring/", "/chats/bring/", files=file, zone=group.zone,
            case=self.cases[step.case].pk,
        )  # fmt: skip
        self.settle()
        page = done.url.path
        if group.dates:  # the file leaves it open: the house asks, and somebody answers
            self.colleague.press(page, f"{page}dates/", order=group.dates)
            self.settle()

    @staff.register
    def _(self, step: SaysWho):
        chat = next(row for row in Chat.objects.all() if row.title == GROUPS[step.group].title)
        senders = {row.name: row for row in ChatSender.objects.filter(chat=chat)}
        for name, key in step.names:
            page = f"/chats/{chat.pk}/people/{senders[name].pk}/"
            self.colleague.press(page, page, number=str(self.thread(key).person))

    @staff.register
    def _(self, step: Joins):
        person = self.thread(step.whom).person_id
        page = f"/inbox/{person}/into-case/"
        self.colleague.press(page, page, case=self.cases[step.case].pk, part="in_distress")
        page = f"/people/{person}/languages/"
        spoken = CAST[step.whom].language
        self.colleague.press(page, page, languages=[spoken])

    @staff.register
    def _(self, step: Agrees):
        page = f"/inbox/{self.thread(step.whom).person_id}/safe-contact/"
        filled = {"zone": CAST[step.whom].zone, "duress_word": step.duress_word}
        if step.hours:
            start, end = step.hours.split("-")
            filled |= {"days_1": [str(n) for n in range(7)], "from_1": start, "to_1": end}
        self.colleague.press(page, page, **filled)

    @staff.register
    def _(self, step: Broadcasts):
        words = {f"text_{language}": text for language, text in step.words}
        done = self.colleague.press(
            "/to-many/new/", "/to-many/new/", subject=step.subject, aim="group",
            case=self.cases[step.case].pk, parts=["in_distress"], fallback=step.words[0][0],
            patience="60", **words,
        )  # fmt: skip
        page = done.url.path
        self.previews[step.key] = done.text
        self.colleague.press(page, f"{page}send/")

    @staff.register
    def _(self, step: SettlesAlarm):
        thread = self.thread(step.whom)
        alarm = Alarm.objects.get(conversation=thread, settled_at=None)
        page = f"/inbox/{thread.person_id}/"
        self.colleague.press(page, f"/alarms/{alarm.pk}/settle/", how=step.how)

    @staff.register
    def _(self, step: WritesFact):
        about = self.message(step.about)
        person = about.conversation.person_id
        page = f"/inbox/{person}/{about.pk}/fact/"
        self.colleague.press(
            page, page, case=self.cases[step.case].pk, matter=step.matter, text=step.text,
            about=person,
        )  # fmt: skip


def minutes(*count):
    """So many minutes."""
    return [dt.timedelta(minutes=n) for n in count]


__all__ = ["NAIROBI", "Performance", "minutes"]
