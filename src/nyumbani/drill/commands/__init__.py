"""`nyumbani demo`: the Libya 2014 story on this machine, with invented people.

Two processes: this one is the stage, with the simulated platform and the phones; the other is the
house, with its pages and worker, which knows of the stage only what any house knows of a platform.
"""

import contextlib
import secrets
import signal
import socket
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import httpx

from nyumbani.drill.commands.house import House
from nyumbani.drill.commands.premises import Premises, premises
from nyumbani.drill.graph.platforms import Platforms
from nyumbani.drill.script.acts import CAST, STARTS, STEPS
from nyumbani.drill.stage import Stage
from nyumbani.drill.stage.booth import Booth
from nyumbani.drill.stage.cues import Play
from nyumbani.drill.terms import CLOCK_FILE, STAGE_FILE
from nyumbani.drill.wire.doors import Channel, Door
from nyumbani.kit import clock
from nyumbani.kit.clock import ClockFile
from nyumbani.kit.console import GOOD, CannotDo, Misuse, say

THIS_MACHINE = ("127.0.0.1", "localhost", "::1", "[::1]")
BACKLOG = 512
LOOK_EVERY = 0.2  # seconds between two looks at whether the house still stands
PATIENCE = 60.0  # seconds until the first message can be read
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class _Address:
    """Where the house answers. The socket outlives it: a browser waits while the next is built."""

    listener: socket.socket
    base: str


def demo(
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    keep: Path | None = None,
    fresh: bool = False,
    open_browser: bool = False,
) -> int:
    """Play the story until Ctrl-C; then nothing of it is left, unless `keep` names a folder.

    Raises Misuse for any `host` but this machine, CannotDo if the port is taken or `keep` holds
    something else, or an earlier demonstration and not `fresh`.
    """
    began = time.monotonic()
    if host not in THIS_MACHINE:
        raise Misuse(f"a demonstration is for this machine alone: it does not listen on {host}")
    with _until_interrupted(), _listening(host, port) as at, premises(keep, fresh=fresh) as own:
        _one_after_another(own, at, began=began, open_browser=open_browser)
    return GOOD


def _one_after_another(own: Premises, at: _Address, *, began: float, open_browser: bool) -> None:
    """Houses, each thrown away when somebody wants to see it all again; ends by an exception."""
    while True:
        _one_house(own, at, began=began, open_browser=open_browser)
        say("Starting again ...")
        began, open_browser = time.monotonic(), False
        own.clear()


def _one_house(own: Premises, at: _Address, *, began: float, open_browser: bool) -> None:
    """One house from the first message until somebody wants another."""
    doors, again = _doors(at.base), threading.Event()
    clock.follow(own.data / CLOCK_FILE)
    with Platforms(doors) as platforms, House(own, at.listener, platforms.urls) as house:
        stage = Stage(platforms, CAST.values())
        word = house.build(doors, STARTS.isoformat())
        with Booth(stage, STEPS, file=own.data / STAGE_FILE, again=again.set) as booth:
            _play_the_opening(booth, own)
            _wait_for_the_first_page(at.base, house)
            # Passkeys are made for a name, never for an address.
            shown = at.base.replace("127.0.0.1", "localhost").replace("[::1]", "localhost")
            _tell(shown, word, own, seconds=time.monotonic() - began, opens=open_browser)
            _wait_for_the_end(house, again)
        with contextlib.suppress(TimeoutError):
            platforms.settle(2.0)


def _play_the_opening(booth: Booth, own: Premises) -> None:
    """The first message is there when the first visitor comes: unanswered."""
    ClockFile(own.data / CLOCK_FILE).set(STEPS[0].at)
    booth.follow(Play(step=0))


def _wait_for_the_first_page(base: str, house: House) -> None:
    until = time.monotonic() + PATIENCE
    with httpx.Client(trust_env=False, timeout=5.0) as visitor:
        while time.monotonic() < until:
            if house.has_ended():
                break
            with contextlib.suppress(httpx.HTTPError):
                if visitor.get(f"{base}/demo/ready/").status_code == httpx.codes.NO_CONTENT:
                    return
            time.sleep(0.05)
    raise CannotDo("the demonstration's first page did not come")


def _tell(base: str, word: str, own: Premises, *, seconds: float, opens: bool) -> None:
    link = f"{base}/demo/enter/{word}/"
    kept = "" if own.is_temporary else f" It stays in {own.root}."
    say(
        f"Libya, July 2014. Everybody is invented. The first page was there after {seconds:.1f} s:",
        f"  {link}",
        f"The link works once; afterwards take a part at {base}/demo/enter/ .",
        f"The story is played on {base}/demo/ . Ctrl-C ends it.{kept}",
    )
    if opens:
        webbrowser.open(link)


def _wait_for_the_end(house: House, again: threading.Event) -> None:
    while not again.wait(LOOK_EVERY):
        if house.has_ended():
            raise CannotDo("the demonstration's house has ended by itself: see its log with --keep")
    time.sleep(0.5)  # the page that asked is still to be answered


def _doors(base: str) -> list[Door]:
    """One account of ours on each platform, with secrets that nobody has ever seen."""
    whatsapp = Door(
        Channel.WHATSAPP,
        "106014072014001",
        f"{base}/hooks/whatsapp/",
        secret=secrets.token_hex(16),
        token=secrets.token_urlsafe(32),
        business="102014071400001",
        number="254700000001",
    )
    messenger = Door(
        Channel.MESSENGER,
        "104014072014002",
        f"{base}/hooks/messenger/",
        secret=secrets.token_hex(16),
        token=secrets.token_urlsafe(32),
    )
    telegram = Door(
        Channel.TELEGRAM,
        "714014072",
        f"{base}/hooks/telegram/",
        secret=secrets.token_urlsafe(24),
        token=f"714014072:{secrets.token_urlsafe(24)}",
    )
    word = secrets.token_urlsafe(24)  # an SMS gateway signs nothing: the address is the secret
    sms = Door(
        Channel.SMS, "22384", f"{base}/hooks/sms/{word}/", secret=word, token=secrets.token_hex(16)
    )
    return [whatsapp, messenger, telegram, sms]


@contextmanager
def _listening(host: str, port: int) -> Iterator[_Address]:
    bare = "127.0.0.1" if host == "localhost" else host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((bare, port))
        except OSError as error:
            raise CannotDo(
                f"cannot listen on {bare} port {port}: {error.strerror}; try --port"
            ) from None
        listener.listen(BACKLOG)
        yield _Address(listener, f"http://{f'[{bare}]' if ':' in bare else bare}:{port}")


@contextmanager
def _until_interrupted() -> Iterator[None]:
    """Let Ctrl-C, or being told to stop, end the block in good order; a second one is ignored."""

    def asked(_number: int, _frame: FrameType | None) -> None:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    former = {number: signal.signal(number, asked) for number in _SIGNALS}
    try:
        yield
    except KeyboardInterrupt:
        say("The demonstration is over.")
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
