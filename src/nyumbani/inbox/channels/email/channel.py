"""E-mail as the house knows it."""

from nyumbani.inbox.channels.email import filing, parts, send, setup, vouching
from nyumbani.inbox.channels.email.door import CHANNEL, is_genuine
from nyumbani.inbox.channels.email.parse import parse
from nyumbani.inbox.channels.email.refusals import refused
from nyumbani.inbox.channels.registry import Channel, register
from nyumbani.kit.phrases import gettext_noop

register(
    Channel(
        kind=CHANNEL,
        label=gettext_noop("E-mail"),
        parse=parse,
        setup=setup.SETUP,
        platform=setup.NOWHERE,
        post=setup.POST,
        judged=vouching.judged,
        enclosed=parts.enclosed,
        is_genuine=is_genuine,
        opened_by=(),
        account_by_door=True,  # a blind copy does not say to whom it went
        spans_accounts=True,
        spans_messages=True,
        reachable_by=send.REACHABLE_BY,
        text=send.text,
        text_limit=send.TEXT_LIMIT,
        answer=send.answer,
        refused=refused,
        media_hosts=(),
        window=None,  # a letter may be sent at any time
        files=filing.FILES,
        filing=filing.FILING,
    )
)
