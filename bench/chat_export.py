"""How exactly and how fast exported WhatsApp chats are read, beside every public reader we know.

    python bench/chat_export.py [--json] [--peers FOLDER] [--megabytes 10]

One invented chat is written in every form of telephone (nyumbani.drill.exports) together with what
is really in it. Each reader runs in a process of its own with a time limit and is asked for moment,
sender and text of every message. Compared are moments to the minute and texts without invisible
marks and with every run of blanks as one, which is kinder than we are to ourselves in the tests.
`texts` counts forms in which sender and text of every message of a person are exact, `messages`
those in which moments are, too, and `all` those in which the system's lines are as well, as
nobody's. Speed (the best of three rounds) and memory are of one long file each of Android and
iPhone.

Peers are installed from the package index into FOLDER, or into a new folder that is removed; what
does not install or run is printed as such.
"""

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import venv
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from nyumbani.chats.chat_exports.kinds import Kind  # noqa: E402
from nyumbani.chats.chat_exports.marks import bare  # noqa: E402
from nyumbani.drill.exports.telephone import Event, export  # noqa: E402
from nyumbani.drill.exports.variants import BY_NAME, VARIANTS  # noqa: E402

ROUNDS = 3  # of which the best counts
SECONDS = 180  # that a reader may take for one file
PYTHON_PEERS = {
    "whatstk": "0.9.1", "chat-miner": "0.6.0", "whatsapp-chat-analyzer": "0.2.0",
    "chat-export": "1.1.2",
}  # fmt: skip
NODE_PEER, NODE_VERSION = "whatsapp-chat-parser", "4.0.2"
GROUP = "Kazi Tripoli"
LONG = ("android-sw", "ios-en-gb")
WOMEN = ("Amina", "Grace W", "Btissam", "+254 700 000 001", "أمينة", "ሰላማዊት")
LINES = (
    "hello", "he took my passport", "two\nlines", "note: he comes at 18:00", "سلام عليكم", "ሰላም ነው",
    "https://example.org/a:b", "she said: wait", "habari zenu 🙏🏾", "we are 31 now", "10/10",
)  # fmt: skip
SENTENCE = (
    "the bus is late today please tell my sister that I am well and we wait at the house of the "
    "woman from Nakuru nobody pays us"
)

# Each defines read(path) -> [[moment or null, sender or null, text], ...].
OURS = """
from nyumbani.chats.chat_exports.reading import messages
from nyumbani.chats.chat_exports.survey import survey
def read(path):
    with open(path, "rb") as stream:
        for said in messages(stream, survey(stream)):
            yield said.sent_at, said.sender, said.text
"""
ADAPTERS = {
    "whatstk": """
from whatstk import WhatsAppChat
def read(path):
    chat = WhatsAppChat.from_source(filepath=path, extra_metadata=False)
    return chat.df[["date", "username", "message"]].itertuples(index=False, name=None)
""",
    "chat-miner": """
import logging
from chatminer.chatparsers import WhatsAppParser
def read(path):
    logging.disable()
    parser = WhatsAppParser(path)
    parser.parse_file()
    for one in reversed(parser.parsed_messages._parsed_messages):  # it gives the newest first
        yield one.timestamp, None if one.author.lower() == "system" else one.author, one.message
""",
    "whatsapp-chat-analyzer": """
from whatsapp_analyzer import parse_file
def read(path):
    return ((one.timestamp, one.sender, one.text) for one in parse_file(path))
""",
    "chat-export": """
from chat_export import MessageParser
def read(path):
    text = open(path, encoding="utf-8").read()
    parser = MessageParser(is_ios=text.lstrip("\\ufeff\\u200e").startswith("["))
    for one in parser.parse_messages(text)[0].messages:
        sender = None if one.sender == "WhatsApp" else one.sender
        yield None, sender, one.content.replace(parser.newline_marker, "\\n")
""",
}
PYTHON = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
{adapter}
path, wanted = sys.argv[1:]
took = []
for _ in range(1 if wanted == "rows" else {rounds}):
    began, count, rows = time.perf_counter(), 0, []
    for at, sender, text in read(path):
        count += 1
        if wanted == "rows":
            rows.append([at and at.strftime("%Y-%m-%dT%H:%M"), sender, text])
    took.append(time.perf_counter() - began)
with open(sys.argv[1] + ".answer", "w") as out:
    json.dump({{"count": count, "seconds": min(took), "rows": rows}}, out)
"""
NODE = """
import fs from 'node:fs';
import * as parser from 'whatsapp-chat-parser';
const [path, wanted] = process.argv.slice(2), took = [];
let found;
for (let round = 0; round < (wanted === 'rows' ? 1 : ROUNDS); round += 1) {
  const began = performance.now();
  found = parser.parseString(fs.readFileSync(path, 'utf8'));
  took.push((performance.now() - began) / 1000);
}
const seconds = Math.min(...took);
const rows = wanted !== 'rows' ? [] : found.map(
  (one) => [one.date.toISOString().slice(0, 16), one.author, one.message]);
fs.writeFileSync(path + '.answer', JSON.stringify({ count: found.length, seconds, rows }));
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--peers", type=Path, help="keep the peers there for the next run")
    parser.add_argument("--megabytes", type=int, default=10, help="of the long files")
    parser.add_argument("--alone", action="store_true", help="measure no peers")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nyumbani-bench-") as name:
        folder = Path(name)
        peers = (asked.peers or folder / "peers").resolve()
        peers.mkdir(parents=True, exist_ok=True)
        readers = {"nyumbani": _ours()} | ({} if asked.alone else _installed(peers, folder))
        figures = _measured(readers, folder, asked.megabytes)
    print(json.dumps(figures) if asked.json else _told(figures, asked.megabytes))
    return 0 if figures["readers"]["nyumbani"]["all"] == len(VARIANTS) else 1


# ---- the readers ---------------------------------------------------------------------------------
class Reader:
    """A command that takes a file and `rows` or `count`, or why there is none."""

    def __init__(self, command: list[str], *, trouble: str = "", cwd: Path | None = None):
        self.command, self.trouble, self.cwd = command, trouble, cwd

    def read(self, file: Path, wanted: str) -> dict:
        """What it found, with seconds and megabytes at its peak; or `trouble`."""
        if self.trouble:
            return {"trouble": self.trouble}
        answer = Path(f"{file}.answer")
        answer.unlink(missing_ok=True)
        with tempfile.TemporaryFile() as said:
            began = subprocess.Popen(
                [*self.command, str(file), wanted], stdout=said, stderr=said, cwd=self.cwd,
                env=os.environ | {"TZ": "UTC", "PYTHONPATH": str(ROOT / "src")},
            )  # fmt: skip
            late = threading.Timer(SECONDS, began.kill)
            late.start()
            _, status, used = os.wait4(began.pid, 0)
            late.cancel()
            began.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            words = said.read().decode(errors="replace").strip().splitlines()
        if began.returncode or not answer.exists():
            return {"trouble": words[-1][:80] if words else f"stopped by {began.returncode}"}
        return json.loads(answer.read_text()) | {"peak": used.ru_maxrss // 1024}


def _ours() -> Reader:
    return Reader([sys.executable, "-c", PYTHON.format(adapter=OURS, rounds=ROUNDS)])


def _installed(peers: Path, folder: Path) -> dict[str, Reader]:
    python = peers / "python"
    if not (python / "bin/python").exists():
        venv.create(python, with_pip=True)
    found = {}
    for name, version in PYTHON_PEERS.items():
        trouble = _run([python / "bin/python", "-m", "pip", "install", "-q", f"{name}=={version}"])
        command = [
            str(python / "bin/python"),
            "-c",
            PYTHON.format(adapter=ADAPTERS[name], rounds=ROUNDS),
        ]
        found[name] = Reader(command, trouble=trouble and f"did not install: {trouble}")
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return found | {NODE_PEER: Reader([], trouble="left out: no node here")}
    trouble = _run(
        [npm, "install", "--no-audit", "--no-fund", f"{NODE_PEER}@{NODE_VERSION}"], peers
    )
    script = peers / "read.mjs"
    script.write_text(NODE.replace("ROUNDS", str(ROUNDS)))
    return found | {
        NODE_PEER: Reader([node, str(script)], trouble=trouble and f"did not install: {trouble}")
    }


def _run(command: list, cwd: Path | None = None) -> str:
    """Nothing if it went well, else its last word."""
    try:
        done = subprocess.run(
            command, cwd=cwd, capture_output=True, text=True, timeout=600, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)[:80]
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["?"])[-1][:80]


# ---- what is measured ----------------------------------------------------------------------------
def _measured(readers: dict[str, Reader], folder: Path, megabytes: int) -> dict:
    cases = {variant.name: _written(variant, folder) for variant in VARIANTS}
    long = {name: _long(name, folder, megabytes) for name in LONG}
    figures = {name: _exactness(reader, cases) for name, reader in readers.items()}
    for name, reader in readers.items():
        for form, file in long.items():
            found = reader.read(file, "count")
            if "trouble" in found:
                figures[name][form] = {"trouble": found["trouble"]}
                continue
            figures[name][form] = {
                "mb_per_second": round(file.stat().st_size / 1e6 / found["seconds"], 1),
                "messages": found["count"], "peak_mb": found["peak"],
            }  # fmt: skip
    tenfold = _long(LONG[0], folder, megabytes * 10)
    memory = {
        str(megabytes): figures["nyumbani"][LONG[0]]["peak_mb"],
        str(megabytes * 10): readers["nyumbani"].read(tenfold, "count")["peak"],
    }
    return {"forms": len(VARIANTS), "readers": figures, "our_peak_mb": memory}


def _written(variant, folder: Path) -> tuple[Path, list]:
    content, truth = export(_chat(Random(variant.name)), variant, group=GROUP)
    file = folder / f"{variant.name}.txt"
    file.write_bytes(content)
    return file, [[f"{one.at:%Y-%m-%dT%H:%M}", one.sender, one.text] for one in truth]


def _chat(dice: Random) -> list[Event]:
    at = dt.datetime(2014, 7, 20, 6, 15, 7)  # noqa: DTZ001 - a telephone's clock
    told = [Event(at, None, Kind.SYSTEM, "Messages and calls are end-to-end encrypted.")]
    kinds = [Kind.MESSAGE] * 8 + [Kind.MEDIA, Kind.DELETED]
    for number in range(150):
        at += dt.timedelta(seconds=dice.randrange(60, 40_000))
        if number % 30 == 29:
            told.append(Event(at, None, Kind.SYSTEM, "Amina added Grace W"))
            continue
        kind = dice.choice(kinds)
        text = dice.choice(LINES) if kind is Kind.MESSAGE else ""
        told.append(Event(at, WOMEN[number % len(WOMEN)], kind, text))
    return told


def _long(form: str, folder: Path, megabytes: int) -> Path:
    words = SENTENCE.split()
    dice, variant, at = Random(1), BY_NAME[form], dt.datetime(2014, 7, 20, 8)  # noqa: DTZ001
    file = folder / f"long-{form}-{megabytes}.txt"
    with file.open("wb") as out:
        while out.tell() < megabytes * 1_000_000:
            lines = []
            for _ in range(1000):
                at += dt.timedelta(seconds=dice.randrange(5, 400))
                text = " ".join(dice.choices(words, k=dice.randrange(3, 30)))
                lines.append(f"{variant.stamp(at)}{dice.choice(WOMEN[:4])}: {text}")
            out.write((variant.line_break.join(lines) + variant.line_break).encode())
    return file


def _exactness(reader: Reader, cases: dict) -> dict:
    count = {"texts": 0, "messages": 0, "all": 0}
    wrong, troubles = [], []
    for name, (file, truth) in cases.items():
        found = reader.read(file, "rows")
        if "trouble" in found:
            troubles.append(found["trouble"])
            wrong.append(name)
            continue
        read, true = [_plain(row) for row in found["rows"]], [_plain(row) for row in truth]
        said, meant = [_of_people(rows) for rows in (read, true)]
        count["texts"] += [row[1:] for row in said] == [row[1:] for row in meant]
        count["messages"] += said == meant
        count["all"] += read == true
        if said != meant:
            wrong.append(name)
    # If it cannot even be asked, that is told once.
    trouble = troubles[0] if len(troubles) == len(cases) else ""
    return count | {"refused": len(troubles), "not_exact": wrong, "trouble": trouble}


def _plain(row: list) -> list:
    at, sender, text = row
    return [at, " ".join(bare(sender).split()) if sender else None, " ".join(bare(text).split())]


def _of_people(rows: list) -> list:
    """Without the system's lines, also where they pass for words of the group."""
    return [row for row in rows if row[1] not in {None, GROUP}]


def _told(figures: dict, megabytes: int) -> str:
    forms = figures["forms"]
    head = f"| of {forms} forms exact | texts | with moments | with system lines | refused |"
    lines = [f"{head} Android MB/s | iPhone MB/s | peak MB |", "|---|---|---|---|---|---|---|---|"]
    for name, one in figures["readers"].items():
        if one["trouble"]:
            lines.append(f"| {name} | {one['trouble']} | | | | | | |")
            continue
        speeds = [str(one[form].get("mb_per_second", one[form].get("trouble"))) for form in LONG]
        peak = max(one[form].get("peak_mb", 0) for form in LONG)
        cells = [one["texts"], one["messages"], one["all"], one["refused"], *speeds, peak]
        lines.append(f"| {name} | " + " | ".join(map(str, cells)) + " |")
    memory = ", ".join(f"{size} MB: {peak} MB" for size, peak in figures["our_peak_mb"].items())
    return "\n".join([*lines, f"Speed of files of {megabytes} MB; our peak memory, {memory}."])


if __name__ == "__main__":
    sys.exit(main())
