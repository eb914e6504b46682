"""WhatsApp's error codes: which mean "later", which "never", which "call somebody"."""

from nyumbani.inbox.channels.refusals import DAY, HOUR, MINUTE, SECOND, Rule, Rules

_STOPPED = {
    0: "the access token is not valid",
    190: "the access token has expired",
    368: "the account is blocked for breaking rules",
    131031: "the account is locked",
}
_LATER = {
    1: Rule(meaning="unknown error at the platform", first=30 * SECOND),
    2: Rule(meaning="the service is down for a moment", first=30 * SECOND),
    4: Rule(meaning="too many requests of this application", first=MINUTE),
    80007: Rule(meaning="too many requests of this account", first=MINUTE),
    130429: Rule(meaning="too many messages a second", first=2 * SECOND, longest=5 * MINUTE),
    131000: Rule(meaning="something went wrong at the platform", first=30 * SECOND),
    131016: Rule(meaning="the service is overloaded", first=MINUTE),
    131048: Rule(meaning="too many of our messages were reported", first=HOUR, longest=DAY),
    # Not before a day has passed: earlier attempts count against us.
    131049: Rule(meaning="held back to spare her from messages", first=DAY, longest=DAY),
    131053: Rule(meaning="the file could not be uploaded", first=MINUTE),
    # The platform asks for 4 to the power of the attempt, in seconds.
    131056: Rule(
        meaning="too many messages to this person", first=4 * SECOND, factor=4, longest=6 * HOUR
    ),
    133016: Rule(meaning="registered too often", first=HOUR, longest=DAY),
}
_NEVER = {
    10: "not permitted",
    33: "this number does not exist any more",
    100: "a field is wrong",
    130472: "she is part of an experiment of the platform",
    131005: "access denied",
    131008: "a field is missing",
    131009: "a field has a wrong value",
    131021: "sent to ourselves",
    131026: "cannot be delivered to her",
    131030: "not on the list of test numbers",
    131042: "the account's payment is not in order",
    131045: "our number is not registered",
    131050: "she stopped such messages",
    131051: "this type of message is not supported",
    131052: "the file could not be fetched",
    131062: "this template cannot go to somebody without a number",
    132000: "the template's words do not fit",
    132001: "there is no such template, or not in this language",
    132005: "the filled-in template is too long",
    132007: "the template breaks rules",
    132012: "the template's words have the wrong form",
    132015: "the template is paused",
    132016: "the template is disabled",
    133010: "our number is not registered",
    137000: "her security code has changed",
}

RULES: Rules = {
    **{(code, None): Rule(meaning=why, stops_channel=True) for code, why in _STOPPED.items()},
    **{(code, None): rule for code, rule in _LATER.items()},
    **{(code, None): Rule(meaning=why) for code, why in _NEVER.items()},
    (131047, None): Rule(meaning="she last wrote more than 24 hours ago", window_closed=True),
}
