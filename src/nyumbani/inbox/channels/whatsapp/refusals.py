"""WhatsApp's error codes: which mean "later", which "never", which "call somebody"."""

from nyumbani.inbox.channels.refusals import DAY, HOUR, MINUTE, SECOND, Rule, Rules
from nyumbani.kit.phrases import gettext_noop

_STOPPED = {
    0: gettext_noop("the access token is not valid"),
    190: gettext_noop("the access token has expired"),
    368: gettext_noop("the account is blocked for breaking rules"),
    131031: gettext_noop("the account is locked"),
}
_LATER = {
    1: Rule(meaning=gettext_noop("unknown error at the platform"), first=30 * SECOND),
    2: Rule(meaning=gettext_noop("the service is down for a moment"), first=30 * SECOND),
    4: Rule(meaning=gettext_noop("too many requests of this application"), first=MINUTE),
    80007: Rule(meaning=gettext_noop("too many requests of this account"), first=MINUTE),
    130429: Rule(
        meaning=gettext_noop("too many messages a second"), first=2 * SECOND, longest=5 * MINUTE
    ),
    131000: Rule(meaning=gettext_noop("something went wrong at the platform"), first=30 * SECOND),
    131016: Rule(meaning=gettext_noop("the service is overloaded"), first=MINUTE),
    131048: Rule(
        meaning=gettext_noop("too many of our messages were reported"), first=HOUR, longest=DAY
    ),
    # Not before a day has passed: earlier attempts count against us.
    131049: Rule(
        meaning=gettext_noop("held back to spare her from messages"), first=DAY, longest=DAY
    ),
    131053: Rule(meaning=gettext_noop("the file could not be uploaded"), first=MINUTE),
    # The platform asks for 4 to the power of the attempt, in seconds.
    131056: Rule(
        meaning=gettext_noop("too many messages to this person"),
        first=4 * SECOND,
        factor=4,
        longest=6 * HOUR,
    ),
    133016: Rule(meaning=gettext_noop("registered too often"), first=HOUR, longest=DAY),
}
_NEVER = {
    10: gettext_noop("not permitted"),
    33: gettext_noop("this number does not exist any more"),
    100: gettext_noop("a field is wrong"),
    130472: gettext_noop("she is part of an experiment of the platform"),
    131005: gettext_noop("access denied"),
    131008: gettext_noop("a field is missing"),
    131009: gettext_noop("a field has a wrong value"),
    131021: gettext_noop("sent to ourselves"),
    131026: gettext_noop("cannot be delivered to her"),
    131030: gettext_noop("not on the list of test numbers"),
    131042: gettext_noop("the account's payment is not in order"),
    131045: gettext_noop("our number is not registered"),
    131050: gettext_noop("she stopped such messages"),
    131051: gettext_noop("this type of message is not supported"),
    131052: gettext_noop("the file could not be fetched"),
    131062: gettext_noop("this template cannot go to somebody without a number"),
    132000: gettext_noop("the template's words do not fit"),
    132001: gettext_noop("there is no such template, or not in this language"),
    132005: gettext_noop("the filled-in template is too long"),
    132007: gettext_noop("the template breaks rules"),
    132012: gettext_noop("the template's words have the wrong form"),
    132015: gettext_noop("the template is paused"),
    132016: gettext_noop("the template is disabled"),
    133010: gettext_noop("our number is not registered"),
    137000: gettext_noop("her security code has changed"),
}

RULES: Rules = {
    **{(code, None): Rule(meaning=why, stops_channel=True) for code, why in _STOPPED.items()},
    **{(code, None): rule for code, rule in _LATER.items()},
    **{(code, None): Rule(meaning=why) for code, why in _NEVER.items()},
    (131047, None): Rule(
        meaning=gettext_noop("she last wrote more than 24 hours ago"), window_closed=True
    ),
}
