"""A template library and a simulated platform that judges it: for the tests that need both."""

from contextlib import contextmanager
from dataclasses import replace

from nyumbani.drill.graph.exchange import Habits
from nyumbani.drill.graph.meta import Graph
from nyumbani.inbox.actions import templates as library
from nyumbani.inbox.models.accounts import ChannelAccount
from nyumbani.inbox.models.templates import Template, TemplateWords
from nyumbani.inbox.terms import TemplateStatus
from nyumbani.jobs.worker import run_due
from nyumbani.kit import clock, ids
from tests.hands import real_time_again
from tests.inbox.bodies import JULY, PAGE, PHONE, open_doors
from tests.people_here import actor

BODY = "Habari {{1}}, tuko hapa. Andika ukiweza."
EXAMPLES = ["Achieng"]


@contextmanager
def running(live_server, settings, at=JULY, **habits):
    """The simulated platform, knocking at the real doors of a running server."""
    open_doors()
    ChannelAccount.objects.filter(channel="whatsapp").update(business=PHONE.business)
    doors = [replace(d, url=f"{live_server.url}/hooks/{d.channel}/") for d in (PHONE, PAGE)]
    held = {"now": at}
    with clock.at(at), Graph(
        doors, now=lambda: held["now"], seed=7, habits=Habits(**habits)
    ) as graph:  # fmt: skip
        settings.NYUMBANI_GRAPH_URL = graph.url
        # Server and platform live in other threads, which a clock held for this one does not reach.
        clock._source[:] = [lambda: held["now"]]
        graph.held = held
        yield graph
        real_time_again()


@contextmanager
def later(graph, moment):
    """For everybody, the platform included, it is this late."""
    before, graph.held["now"] = graph.held["now"], moment
    with clock.at(moment):
        yield
    graph.held["now"] = before


def arrive(graph):
    graph.postman.settle()
    run_due()


def written(staff, *, name="hello_again", language="sw", body=BODY, examples=EXAMPLES):
    account = ChannelAccount.objects.get(channel="whatsapp")
    return library.begin_with(
        account=account, name=name, category="utility", language=language, body=body,
        examples=examples, by=actor(staff),
    )  # fmt: skip


def approved(account=None, *, name="hello_again", language="sw", body=BODY, status="approved"):
    """Words that the platform has approved, or thinks otherwise of."""
    account = account or ChannelAccount.objects.get(channel="whatsapp")
    template = Template.objects.filter(account=account, name=name).first()
    template = template or Template.objects.create(
        account=account, name=name, category="utility", added_at=clock.now()
    )
    return TemplateWords.objects.create(
        template=template, language=language, body=body, examples=["x"] * body.count("{{"),
        platform_id=ids.new(), status=TemplateStatus(status), changed_at=clock.now(),
    )  # fmt: skip
