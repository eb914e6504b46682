"""An SMS door and a Telegram door of ours, and what knocks at them."""

from urllib.parse import urlencode

from nyumbani.inbox import doorkeeper
from nyumbani.inbox.actions.doors import connect
from tests.inbox.bodies import BY

CODE, BOT = "22384", "714000123"
WORD = "neno-la-siri-la-mlango-wetu"
BOT_SECRET = "siri-ya-bot-714000123-siri"
TOKEN = f"{BOT}:AAA-invented-token-invented"
HER_NUMBER = "+218910000001"


def open_sms(addresses="", word=WORD, account=CODE):
    secrets = {
        "username": "nyumbani", "api_key": "api-key", "word": word, "addresses": addresses,
    }  # fmt: skip
    row = connect(channel="sms", account=account, label="Help line", secrets=secrets, by=BY)
    doorkeeper.forget()
    return row


def open_telegram(account=BOT, secret=BOT_SECRET, token=TOKEN):
    secrets = {"access_token": token, "secret_token": secret}
    row = connect(channel="telegram", account=account, label="Help", secrets=secrets, by=BY)
    doorkeeper.forget()
    return row


def sms(text="Nisaidie tafadhali", name="15071", to=CODE, sender=HER_NUMBER):
    fields = {
        "id": name, "linkId": "link", "text": text, "to": to, "from": sender,
        "date": "2014-07-14T05:03:00Z",
    }  # fmt: skip
    return urlencode(fields).encode()
