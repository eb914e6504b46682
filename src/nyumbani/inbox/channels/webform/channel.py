"""The public form as the house knows it."""

from nyumbani.inbox.channels.registry import Channel, register
from nyumbani.inbox.channels.webform import send, setup
from nyumbani.inbox.channels.webform.door import CHANNEL, LIMIT, is_genuine
from nyumbani.inbox.channels.webform.parse import parse
from nyumbani.kit.phrases import gettext_noop

register(
    Channel(
        kind=CHANNEL,
        label=gettext_noop("Web form"),
        parse=parse,
        setup=setup.SETUP,
        platform=setup.NOWHERE,
        is_genuine=is_genuine,
        opened_by=("site_key",),
        limit=LIMIT,
        account_by_door=True,
        spans_accounts=True,
        spans_messages=False,
        reachable_by=(),
        text=send.text,
        text_limit=0,
        answer=send.answer,
        refused=send.refused,
        media_hosts=(),
        window=None,
    )
)
