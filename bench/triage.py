"""How many of the urgent messages the triage finds, how often it cries wolf, and how fast it reads.

    python bench/triage.py [--json] [--gold tests/gold/triage.jsonl]

Recall of a level: of the messages the gold set gives this level, how many we propose at this level.
Precision: of the messages we propose at it, how many the gold set gives it. `unseen 3` is by a hand
that knew neither lists nor code, and nothing was ever tuned on it: that figure is to be believed.
All other parts are development: figures of what is remembered.
Beside it, in the same run, what is least: a list of keywords looked for with `in`, the gravest
wins. The set is invented by the author
of the word lists: read tests/gold/README.md before believing a figure.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from nyumbani.domain.languages import language_of  # noqa: E402
from nyumbani.domain.triage.proposing import assess  # noqa: E402

UNSEEN = ROOT / "tests/gold/unseen-3.jsonl"
LEVELS = ("P1", "P2", "P3", "P4")
TALK = 5  # messages that make a conversation, for its language
SECONDS = 2.0  # each reader is timed at least so long
KEYWORDS = {
    "P1": (
        "beat", "kill", "rape", "die", "blood", "sell", "gun", "piga", "chapa", "baka",
        "kufa", "uza", "damu", "kisu", "frapp", "batt", "tuer", "viol", "mourir",
        "sang", "vend", "ضرب", "قتل", "اغتص", "أموت", "نزف", "بيع", "darab", "drab",
        "2atal", "amoot", "nzef", "bi3", "መታ", "ደበደ", "ገደ", "ደፈረ", "ሞት", "ደም", "ሸጠ",
    ),
    "P2": (
        "lock", "passport", "pregnan", "sick", "fungi", "pasipoti", "mimba", "njaa",
        "enferm", "passeport", "enceinte", "malade", "محبوس", "جواز", "حامل", "مريض",
        "ma7bous", "gawaz", "7amel", "ቆል", "ፓስፖርት", "ነፍሰ ጡር",
    ),
    "P3": (
        "salary", "paid", "help", "go home", "mshahara", "lipwa", "saidi", "kurudi",
        "salaire", "paye", "payé", "aide", "rentrer", "راتب", "ساعد", "أرجع", "rateb",
        "sa3d", "arga3", "ደመወዝ", "እርዱ",
    ),
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--gold", type=Path, default=ROOT / "tests/gold/triage.jsonl")
    asked = parser.parse_args()
    figures = _measure([*_gold(UNSEEN), *_gold(asked.gold)])
    print(json.dumps(figures) if asked.json else _told(figures))
    return 0


def _gold(path: Path) -> list[dict]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if "text" in row]


def ours(text: str) -> str:
    return assess(text).level.name


def keywords(text: str) -> str:
    small = text.lower()
    return next((level for level in KEYWORDS if any(w in small for w in KEYWORDS[level])), "P4")


def _measure(rows: list[dict]) -> dict:
    parts = {
        "unseen_3": [row for row in rows if row["part"] == "unseen-3"],
        "tuned_on": [row for row in rows if row["part"] == "tuned-on"],
        "held_out": [row for row in rows if row["part"] == "held-out"],
        "held_out_own_situations": [row for row in rows if row.get("own")],
        "after": [row for row in rows if row["part"] == "after"],
        "once_held_out_2": [row for row in rows if row["part"] == "held-out-2"],
        "to_learn": [row for row in rows if row["part"].startswith("to-learn")],
        "once_unseen_2": [row for row in rows if row["part"] == "unseen-2"],
    }
    found = {
        name: {reader.__name__: _scored(part, reader) for reader in (ours, keywords)}
        for name, part in parts.items()
    }
    texts = [row["text"] for row in rows]
    rates = {reader.__name__: _rate(texts, reader) for reader in (ours, keywords)}
    danger = {name: _danger(part) for name, part in parts.items()}
    return {
        "messages": {name: len(part) for name, part in parts.items()},
        "found": found,
        "p1_by_what_became_of_it": danger,
        "not_understood": {
            name: sum(not assess(row["text"]).is_understood for row in part)
            for name, part in parts.items()
        },
        "messages_per_s": rates,
        "language": {name: _language(part) for name, part in parts.items()},
    }


def _scored(rows: list[dict], reader: Callable[[str], str]) -> dict:
    proposed = [(row["language"], row["level"], reader(row["text"])) for row in rows]
    languages = sorted({row["language"] for row in rows})
    of_language = {
        language: _levels([pair[1:] for pair in proposed if pair[0] == language])
        for language in languages
    }
    return {"all": _levels([pair[1:] for pair in proposed])} | of_language


def _levels(pairs: list[tuple[str, str]]) -> dict:
    return {level: _level(pairs, level) for level in LEVELS}


def _level(pairs: list[tuple[str, str]], level: str) -> dict:
    right = sum(truth == said == level for truth, said in pairs)
    truths, saids = (sum(pair[which] == level for pair in pairs) for which in (0, 1))
    missed = sum(truth == level and said == "P4" for truth, said in pairs)
    return {
        "messages": truths,
        "recall": round(right / truths, 3) if truths else None,
        "precision": round(right / saids, 3) if saids else None,
        "called_p4": missed,
    }


def _danger(rows: list[dict]) -> dict[str, int]:
    """What became of the P1: proposed as such, as P2 or P3, not understood (said so), or calmed."""
    judged = [assess(row["text"]) for row in rows if row["level"] == "P1"]
    became = [
        "p1" if one.level.name == "P1"
        else "p2_or_p3" if one.level.name != "P4"
        else "calmed" if one.is_understood else "not_understood"
        for one in judged
    ]  # fmt: skip
    return {name: became.count(name) for name in ("p1", "p2_or_p3", "not_understood", "calmed")}


def _language(rows: list[dict]) -> dict:
    """Share of messages, and of conversations of five messages, whose language is right."""
    by_language: dict[str, list[str]] = {}
    for row in rows:
        by_language.setdefault(row["language"], []).append(row["text"])
    talks = [
        (language, texts[n : n + TALK])
        for language, texts in by_language.items()
        for n in range(0, len(texts) - TALK + 1, TALK)
    ]
    single = [(row["language"], [row["text"]]) for row in rows]
    return {
        name: round(sum(language_of(said).code == code for code, said in group) / len(group), 3)
        for name, group in (("one_message", single), (f"{TALK}_messages", talks))
    }


def _rate(texts: list[str], reader: Callable[[str], str]) -> float:
    for text in texts:  # the word lists are read and compiled once, before
        reader(text)
    read, start = 0, time.process_time()  # of one core, whatever else runs on the machine
    while (spent := time.process_time() - start) < SECONDS:
        for text in texts:
            reader(text)
        read += len(texts)
    return round(read / spent)


def _told(figures: dict) -> str:
    lines = []
    for part, readers in figures["found"].items():
        lines += [f"{part.replace('_', ' ')}: {figures['messages'][part]} messages", _head()]
        lines += [_row(reader, "all", scored["all"]) for reader, scored in readers.items()]
        lines += [_row("ours", *pair) for pair in readers["ours"].items() if pair[0] != "all"]
        danger = figures["p1_by_what_became_of_it"][part]
        lines += ["of the P1: " + ", ".join(f"{n} {k}" for k, n in danger.items())]
        lines += [f"not understood, of all: {figures['not_understood'][part]}"]
        language = ", ".join(f"{k} {v:.3f}" for k, v in figures["language"][part].items())
        lines += [f"language right: {language}", ""]
    rates = ", ".join(f"{name} {rate:,.0f}" for name, rate in figures["messages_per_s"].items())
    return "\n".join([*lines, f"messages/s: {rates}"])


def _head() -> str:
    return f"{'recall/precision (messages)':28}" + "".join(f"{level:>20}" for level in LEVELS)


def _row(reader: str, language: str, levels: dict) -> str:
    def cell(one: dict) -> str:
        recall, precision = (_share(one[key]) for key in ("recall", "precision"))
        return f"{recall}/{precision} ({one['messages']})"

    return f"{reader:10}{language:18}" + "".join(f"{cell(levels[key]):>20}" for key in LEVELS)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
