"""Messenger as the house knows it."""

import datetime as dt

from nyumbani.inbox.channels import meta, subscription
from nyumbani.inbox.channels.media_hosts import MESSENGER_HOSTS
from nyumbani.inbox.channels.messenger import filing, limits, profile, send
from nyumbani.inbox.channels.messenger.door import CHANNEL
from nyumbani.inbox.channels.messenger.parse import parse
from nyumbani.inbox.channels.registry import Channel, register

register(
    Channel(
        kind=CHANNEL,
        label="Messenger",
        parse=parse,
        setup=meta.SETUP,
        platform=meta.GRAPH,
        token_check=meta.TOKEN,
        is_genuine=meta.is_signed,
        opened_by=("app_secret",),
        challenge_answer=subscription.challenge_answer,
        reachable_by=send.REACHABLE_BY,
        text=send.text,
        text_limit=send.TEXT_LIMIT,
        answer=send.answer,
        refused=send.refused,
        media_hosts=MESSENGER_HOSTS,
        window=dt.timedelta(hours=24),
        files=limits.FILES,
        filing=filing.FILING,
        late_text=send.late_text,
        late_window=dt.timedelta(days=7),
        named_by=profile.NAMED_BY,
        name_lookup=profile.lookup,
        name_found=profile.name,
    )
)
