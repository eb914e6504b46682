"""The story's act played in a running house: phones by HTTP, staff by pages, the worker between."""

import datetime as dt
from functools import singledispatchmethod
from zoneinfo import ZoneInfo

from nyumbani.accounts.models import Staff
from nyumbani.cases.models import Case
from nyumbani.drill.script.act import NAIROBI
from nyumbani.drill.script.acts import COLLEAGUES
from nyumbani.drill.script.steps import AddsTask, Answers, Assigns, Notes, OpensCase
from nyumbani.drill.stage import Stage
from nyumbani.inbox.actions.page import digest_of
from nyumbani.inbox.models.messages import Message
from nyumbani.jobs.worker import run_due


class Performance:
    """One act on the stage, with the house in front of it."""

    def __init__(self, platforms, act, clock_file, colleague):
        self.platforms, self.graph = platforms, platforms.graph
        self.act, self.clock, self.colleague = act, clock_file, colleague
        self.stage = Stage(platforms, act.cast)
        self.cases = {}

    def play(self):
        for step in self.act.steps:
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
        first = next(step.key for step in self.act.inbound if step.who == who)
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


def minutes(*count):
    """So many minutes."""
    return [dt.timedelta(minutes=n) for n in count]


__all__ = ["NAIROBI", "Performance", "minutes"]
