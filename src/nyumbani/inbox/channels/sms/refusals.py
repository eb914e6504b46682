"""The gateway's codes and reasons: which mean "later", which "never", which "call somebody".

Numbers up to 502 are the gateway's own; those from 600 on are ours, for reasons it gives in words.
"""

from nyumbani.inbox.channels.refusals import MINUTE, Rule, Rules
from nyumbani.kit.phrases import gettext_noop

ACCEPTED = frozenset({"100", "101", "102"})  # taken on, sent, queued
_CREDIT = gettext_noop("the account has no credit left")
_SENDER = gettext_noop("this short code or sender's name is not registered for us")

_STOPPED = {402: _SENDER, 405: _CREDIT, 603: gettext_noop("the account is suspended")}
_LATER = {
    407: Rule(meaning=gettext_noop("no way to her network was found"), first=5 * MINUTE),
    500: Rule(meaning=gettext_noop("something went wrong at the platform"), first=MINUTE),
    501: Rule(meaning=gettext_noop("the network could not be reached"), first=MINUTE),
}
_NEVER = {
    401: gettext_noop("held back by the platform as a risk"),
    403: gettext_noop("this is no telephone number"),
    404: gettext_noop("messages cannot be sent to this kind of number"),
    406: gettext_noop("she asked for no more messages from this number"),
    409: gettext_noop("her network refuses such messages to her"),
    502: gettext_noop("refused by the network"),
    600: gettext_noop("not delivered"),
    601: gettext_noop("this number is not in use"),
    602: gettext_noop("her network does not know this number"),
    604: gettext_noop("her telephone could not be reached for too long"),
    605: gettext_noop("her telephone was off, or without a network"),
    606: gettext_noop("the message we answered is not known any more"),
}

RULES: Rules = {
    **{(code, None): Rule(meaning=why, stops_channel=True) for code, why in _STOPPED.items()},
    **{(code, None): rule for code, rule in _LATER.items()},
    **{(code, None): Rule(meaning=why) for code, why in _NEVER.items()},
}
REASONS = {
    "InsufficientCredit": 405,
    "InvalidLinkId": 606,
    "UserIsInactive": 601,
    "UserInBlackList": 406,
    "UserAccountSuspended": 601,
    "NotNetworkSubcriber": 602,  # as the gateway spells it
    "NotNetworkSubscriber": 602,
    "UserNotSubscribedToProduct": 406,
    "UserDoesNotExist": 601,
    "DeliveryFailure": 600,
    "DoNotDisturbRejection": 409,
}
"""Why a message was not delivered, in the words of a report."""

STATUSES = {"Rejected": 502, "Failed": 600, "Expired": 604, "AbsentSubscriber": 605}
"""The same for a report that gives no reason."""

WORDS = {
    "InvalidSenderId": 402,
    "RiskHold": 401,
    "InvalidPhoneNumber": 403,
    "UnsupportedNumberType": 404,
    "InsufficientBalance": 405,
    "UserInBlacklist": 406,
    "CouldNotRoute": 407,
    "DoNotDisturbRejection": 409,
    "InternalServerError": 500,
    "GatewayError": 501,
    "RejectedByGateway": 502,
    "UserAccountSuspended": 603,
}
"""What an answer says that names nobody it went to."""
