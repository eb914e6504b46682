"""WhatsApp as the house knows it."""

import datetime as dt

from nyumbani.inbox.channels import meta, subscription
from nyumbani.inbox.channels.media_hosts import META_HOSTS
from nyumbani.inbox.channels.registry import Channel, register
from nyumbani.inbox.channels.whatsapp import filing, limits, media, send, templates
from nyumbani.inbox.channels.whatsapp.door import CHANNEL
from nyumbani.inbox.channels.whatsapp.parse import parse

register(
    Channel(
        kind=CHANNEL,
        label="WhatsApp",
        parse=parse,
        setup=subscription.with_fields(meta.SETUP, subscription.WHATSAPP_FIELDS),
        platform=meta.GRAPH,
        token_check=meta.TOKEN,
        is_genuine=meta.is_signed,
        opened_by=("app_secret",),
        challenge_answer=subscription.challenge_answer,
        spans_accounts=True,
        numbers=("wa_id", "msisdn"),
        reachable_by=send.REACHABLE_BY,
        text=send.text,
        text_limit=send.TEXT_LIMIT,
        answer=send.answer,
        refused=send.refused,
        media_hosts=META_HOSTS,
        window=dt.timedelta(hours=24),
        pace=limits.PACE,
        rate=limits.RATE,
        counts_people=True,
        files=limits.FILES,
        filing=filing.FILING,
        template=send.template,
        library=templates.LIBRARY,
        media_lookup=media.lookup,
        media_place=media.place,
    )
)
