"""Telegram as the house knows it."""

from nyumbani.inbox.channels.registry import Channel, register
from nyumbani.inbox.channels.telegram import files, filing, limits, send, setup
from nyumbani.inbox.channels.telegram.door import CHANNEL, OPENED_BY, is_genuine
from nyumbani.inbox.channels.telegram.parse import parse
from nyumbani.kit.phrases import gettext_noop

register(
    Channel(
        kind=CHANNEL,
        label=gettext_noop("Telegram"),
        parse=parse,
        setup=setup.SETUP,
        platform=setup.BOT_API,
        is_genuine=is_genuine,
        opened_by=OPENED_BY,
        account_by_door=True,
        spans_accounts=True,  # she has one account, whichever bot she writes to
        numbers=("msisdn",),
        reachable_by=send.REACHABLE_BY,
        text=send.text,
        text_limit=send.TEXT_LIMIT,
        length=send.length,
        pace=send.PACE,
        rate=limits.RATE,
        files=limits.FILES,
        filing=filing.FILING,
        answer=send.answer,
        refused=send.refused,
        media_hosts=(),
        window=None,
        media_lookup=files.lookup,
        media_place=files.place,
    )
)
