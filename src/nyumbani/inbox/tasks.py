"""What the worker does for the inbox."""

from nyumbani.inbox import asker, drawer, fetcher, librarian, poller, sender, tester
from nyumbani.inbox.actions.attention import forget_presences
from nyumbani.inbox.actions.care import plan_tokens
from nyumbani.inbox.actions.doors import plan_polls
from nyumbani.inbox.actions.reading import read_part
from nyumbani.jobs.actions import enqueue
from nyumbani.jobs.registry import Running, daily, handler
from nyumbani.kit.doer import System

INTAKE = System("intake")


@handler("inbox.read")
def read(job: Running) -> None:
    """Read one journalled body, part by part."""
    entry, start = job.text("entry"), int(job.data.get("start", 0))
    further = read_part(entry_id=entry, start=start, by=INTAKE)
    if further is not None:
        enqueue(kind="inbox.read", data={"entry": entry, "start": further}, by=INTAKE)


@handler("inbox.send", outside=True)
def send(job: Running) -> None:
    """Send one attempt."""
    sender.send(job.text("attempt"), job.attempt)


@handler("inbox.fetch", outside=True)
def fetch(job: Running) -> None:
    """Fetch one file."""
    fetcher.fetch(job.text("file"), job.attempt)


@handler("inbox.draw", outside=True)
def draw(job: Running) -> None:
    """Draw what people look at of one file."""
    drawer.draw(job.text("file"))


@handler("inbox.name", outside=True)
def name(job: Running) -> None:
    """Ask what one person calls herself."""
    asker.ask(job.text("person"), job.text("account"), job.attempt)


@handler("inbox.submit", outside=True)
def submit(job: Running) -> None:
    """Lay the words of a template before the platform."""
    librarian.submit(job.text("words"), job.attempt)


@handler("inbox.templates", outside=True)
def templates(job: Running) -> None:
    """Ask a platform which templates there are."""
    librarian.refresh(job.text("account"))


@handler("inbox.poll", outside=True)
def poll(job: Running) -> None:
    """Ask one platform for messages whose webhook never came."""
    poller.poll(job)


@handler("inbox.test", outside=True)
def test(job: Running) -> None:
    """Send one test."""
    tester.test(job.text("trial"))


@handler("inbox.token", outside=True)
def token(job: Running) -> None:
    """Ask one platform until when our token holds."""
    tester.ask_token(job.text("account"))


daily("inbox.polls", plan_polls)
daily("inbox.tokens", plan_tokens)
daily("inbox.presences", forget_presences)
