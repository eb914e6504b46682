"""SMS as the house knows it."""

from nyumbani.inbox.channels.registry import Channel, register
from nyumbani.inbox.channels.sms import length, missed, send, setup
from nyumbani.inbox.channels.sms.door import CHANNEL, OPENED_BY, is_genuine
from nyumbani.inbox.channels.sms.parse import is_form, parse
from nyumbani.kit.phrases import gettext_noop

register(
    Channel(
        kind=CHANNEL,
        label=gettext_noop("SMS"),
        parse=parse,
        is_form=is_form,
        setup=setup.SETUP,
        platform=setup.GATEWAY,
        is_genuine=is_genuine,
        opened_by=OPENED_BY,
        has_word=True,
        account_by_door=True,  # a damaged form may not say it
        spans_accounts=True,
        spans_messages=True,
        numbers=("msisdn",),
        reachable_by=send.REACHABLE_BY,
        text=send.text,
        text_limit=length.TEXT_LIMIT,
        length=length.length,
        limit_note=length.NOTE,
        answer=send.answer,
        refused=send.refused,
        media_hosts=(),
        window=None,  # an SMS may be sent at any time
        recovery=missed.RECOVERY,
    )
)
