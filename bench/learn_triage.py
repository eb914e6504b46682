"""Learn the weights of words and concepts from the gold set, and say what they are worth unseen.

    python bench/learn_triage.py --check          # cross-validation only; nothing is written
    python bench/learn_triage.py                  # learns from all of it, writes leanings.json

Logistic regression over what `domain.triage.leaning.features` finds, plain Python. Whoever adds
messages to the gold set, or words to a concept, runs it again. Cross-validated by who wrote what
and when: each part of the gold set is judged by weights that have never seen it, the part told as
thirty situations in seven languages by weights that have not seen the situation in any language.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from nyumbani.domain.triage.folding import fold  # noqa: E402
from nyumbani.domain.triage.leaning import features, signs_of, words_of  # noqa: E402
from nyumbani.domain.triage.proposing import is_explained, weightless, why_aside  # noqa: E402
from nyumbani.domain.triage.reading import hits_in  # noqa: E402
from nyumbani.domain.triage.terms import Level  # noqa: E402

GOLD = ROOT / "tests/gold/triage.jsonl"
WEIGHTS = ROOT / "src/nyumbani/domain/triage/leanings.json"
ROUNDS, STEP, HOLD_BACK, SEED = 25, 0.15, 0.02, 1
FOLDS = 5
MARK, MARK_LISTED, CALM = -2.0, -1.25, -1.75  # chosen by cross-validation: see docs/benchmarks.md
MET = 2  # messages in which a word or piece must stand to be learnt from
LEAST = 0.02  # weights nearer to nothing are left out of the file
BY_SITUATION = ("held-out-2", "unseen-2")
# The word lists were not written with these in view.
UNTUNED = ("held-out-2", "to-learn", "to-learn-2", "unseen-2")
RECALLS = (0.9, 0.95, 0.97, 0.99)
Weights = dict[str, float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    rows = _rows()
    if parser.parse_args().check:
        print("\n".join(_checked(rows)))
        return 0
    weights = _learnt(rows)
    WEIGHTS.write_text(_written(weights), encoding="utf-8")
    print(f"{len(weights)} weights from {len(rows)} messages; {WEIGHTS.stat().st_size:,} bytes")
    return 0


def _rows() -> list[dict]:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if "text" in row]
    for row in rows:
        hits = hits_in(row["text"])
        words = words_of(fold(row["text"]), weightless(hits))
        signs = signs_of(row["text"], why_aside(hits))
        row["features"] = features(words, signs) | {"bias": 1.0}
        row["is_p1"] = row["level"] == "P1"
        gravest = [hit for hit in hits if hit.level is Level.P1]
        row["listed"], row["listed_surely"] = bool(gravest), not all(h.is_broad for h in gravest)
        row["words"] = len(words)
        row["listed_less"] = is_explained(hits)
        row["group"] = _group(row)
    return rows


def _group(row: dict) -> str:
    """What is learnt or judged together: a situation in all languages, or a whole part."""
    if row["part"] in BY_SITUATION:
        return f"{row['part']} {row.get('situation', row['id'][-3:])}"
    return row["part"]


def _learnt(rows: list[dict]) -> Weights:
    """Weights by stochastic descent, each word's steps growing smaller the more it is seen."""
    weights: Weights = {}
    seen: Weights = {}
    met = Counter(name for row in rows for name in row["features"])
    kept = [
        (row["is_p1"], {n: share for n, share in row["features"].items() if met[n] >= MET})
        for row in rows
    ]
    chance = random.Random(SEED)
    order = list(kept)
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for is_p1, found in order:
            error = _likely(_sum(weights, found)) - is_p1
            for name, share in found.items():
                weight = weights.get(name, 0.0)
                slope = error * share + HOLD_BACK * weight
                seen[name] = seen.get(name, 0.01) + slope * slope
                weights[name] = weight - STEP * slope / math.sqrt(seen[name])
    return weights


def _sum(weights: Weights, found: Weights) -> float:
    return sum(weights.get(name, 0.0) * share for name, share in found.items())


def _likely(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _written(weights: Weights) -> str:
    kept = {name: round(weight, 3) for name, weight in weights.items() if abs(weight) >= LEAST}
    concepts = {n[8:]: w for n, w in sorted(kept.items()) if n.startswith("concept ")}
    pieces = {n: w for n, w in sorted(kept.items()) if n != "bias" and n[:8] != "concept "}
    marks = {"mark": MARK, "mark_listed": MARK_LISTED, "calm": CALM}
    made = {"bias": round(weights["bias"], 3)} | marks | {"concepts": concepts, "pieces": pieces}
    return json.dumps(made, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


def _checked(rows: list[dict]) -> Iterator[str]:
    for held in _folds(rows):
        names = {row["group"] for row in held}
        weights = _learnt([row for row in rows if row["group"] not in names])
        for row in held:
            row["sum"] = _sum(weights, row["features"])
    parts = list(dict.fromkeys(row["part"] for row in rows))
    for name, some in [("all", rows), *((p, [r for r in rows if r["part"] == p]) for p in parts)]:
        yield f"{name}: {len(some)} messages, {sum(row['is_p1'] for row in some)} P1"
        yield "  weights alone      " + _at_recalls(some, with_lists=False)
        yield f"  weights, mark {MARK}: " + _at(some, MARK)
        if name in UNTUNED:
            yield "  and the word lists " + _at(some, MARK, with_lists=True)
    for language in sorted({row["language"] for row in rows}):
        everything = [row for row in rows if row["language"] == language]
        untuned = [row for row in everything if row["part"] in UNTUNED]
        alone, both = _at(everything, MARK), _at(untuned, MARK, with_lists=True)
        yield f"{language}: weights {alone}; with lists, where these are untuned {both}"


def _folds(rows: list[dict]) -> Iterator[list[dict]]:
    held = [{part} for part in sorted({row["part"] for row in rows} - {*BY_SITUATION})]
    for part in BY_SITUATION:
        groups = sorted({row["group"] for row in rows if row["part"] == part})
        random.Random(SEED).shuffle(groups)
        held += [set(groups[n::FOLDS]) for n in range(FOLDS)]
    for names in held:
        yield [row for row in rows if row["group"] in names]


def _at_recalls(rows: list[dict], *, with_lists: bool) -> str:
    marks = sorted({row["sum"] for row in rows}, reverse=True)
    return ", ".join(
        next(
            f"{_at(rows, mark, with_lists=with_lists)} at {mark:.2f}"
            for mark in marks
            if _found(rows, mark, with_lists=with_lists)[0] >= least
        )
        for least in RECALLS
    )


def _at(rows: list[dict], mark: float, *, with_lists: bool = False) -> str:
    recall, precision = _found(rows, mark, with_lists=with_lists)
    return f"{recall:.2f}/{precision:.2f}"


def _found(rows: Iterable[dict], mark: float, *, with_lists: bool) -> tuple[float, float]:
    said = [(_proposed(row) if with_lists else row["sum"] >= mark, row["is_p1"]) for row in rows]
    right = sum(proposed and is_p1 for proposed, is_p1 in said)
    return right / sum(is_p1 for _, is_p1 in said), right / max(sum(p for p, _ in said), 1)


def _proposed(row: dict) -> bool:
    """As `assess` does it: broad words are not believed in a calm message."""
    if row["listed"]:
        return bool(row["listed_surely"] or row["sum"] >= min(CALM, MARK))
    mark, least = (MARK_LISTED, 7) if row["listed_less"] else (MARK, 4)
    return bool(row["sum"] >= mark and row["words"] >= least)


if __name__ == "__main__":
    sys.exit(main())
