"""Messenger's error codes: which mean "later", which "never", which "call somebody"."""

from nyumbani.inbox.channels.refusals import MINUTE, SECOND, Rule, Rules
from nyumbani.kit.phrases import gettext_noop

_CLOSED = Rule(meaning=gettext_noop("she last wrote too long ago"), window_closed=True)

RULES: Rules = {
    (0, None): Rule(meaning=gettext_noop("the access token is not valid"), stops_channel=True),
    (190, None): Rule(meaning=gettext_noop("the access token has expired"), stops_channel=True),
    (368, None): Rule(
        meaning=gettext_noop("the page is blocked for breaking rules"), stops_channel=True
    ),
    (1, None): Rule(meaning=gettext_noop("unknown error at the platform"), first=30 * SECOND),
    (2, None): Rule(meaning=gettext_noop("the service is down for a moment"), first=30 * SECOND),
    (4, None): Rule(meaning=gettext_noop("too many requests of this application"), first=MINUTE),
    (32, None): Rule(meaning=gettext_noop("too many requests of this page"), first=MINUTE),
    (613, None): Rule(meaning=gettext_noop("too many requests"), first=MINUTE),
    (1200, None): Rule(meaning=gettext_noop("could not be sent for a moment"), first=30 * SECOND),
    # The subcodes of a closed window are not confirmed by the platform's own pages.
    (10, 2018278): _CLOSED,
    (10, 2018065): _CLOSED,
    (10, None): Rule(meaning=gettext_noop("not permitted")),
    (100, None): Rule(meaning=gettext_noop("a field is wrong")),
    (100, 2018001): Rule(meaning=gettext_noop("this person cannot be found")),
    (200, None): Rule(meaning=gettext_noop("not permitted")),
    (230, None): Rule(meaning=gettext_noop("the page lacks a permission")),
    (551, None): Rule(meaning=gettext_noop("she cannot be written to at the moment")),
}
