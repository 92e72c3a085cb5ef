"""Precision, recall and F1 by family on labelled replies: `python -m tests.corpus.measure tests/corpus/dev.jsonl`.

A finding is right when it overlaps a label of its family, optional labels too; for the families about the whole reply,
when the reply bears that label.  A label that is not optional is found when a finding overlaps it; an optional label
counts neither for nor against.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tonecheck import Linter
from tonecheck.config import Config
from tonecheck.model import FAMILIES, Finding, Severity

WHOLE = frozenset({"missing-acknowledgment", "no-next-step"})
Row = dict[str, Any]


@dataclass
class Score:
    """Counts by family, and the rows behind them."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)
    alarms: list[tuple[str, str, str, str]] = field(default_factory=list)
    clean: int = 0
    clean_flagged: int = 0

    def add(self, row: Row, findings: Iterable[Finding]) -> None:
        """Count one reply."""
        findings = list(findings)
        for finding in findings:
            if any(label["family"] == finding.family and _meets(label, finding) for label in row["labels"]):
                self.right[finding.family] += 1
            else:
                self.wrong[finding.family] += 1
                self.alarms.append((finding.family, row["id"], f"{finding.rule}: {finding.text}", row["reply"]))
        for label in row["labels"]:
            family = label["family"]
            if label.get("optional"):
                continue
            if any(finding.family == family and _meets(label, finding) for finding in findings):
                self.found[family] += 1
            else:
                self.missed[family] += 1
                self.misses.append((family, row["id"], label.get("text", ""), row["reply"]))
        if not row["labels"]:
            self.clean += 1
            self.clean_flagged += any(finding.severity > Severity.SUGGESTION for finding in findings)

    def of(self, family: str | None = None) -> tuple[float, float, float]:
        """Return precision, recall and F1 of a family, or of all together."""
        pick = (lambda counter: counter[family]) if family else (lambda counter: sum(counter.values()))
        right, wrong, found, missed = map(pick, (self.right, self.wrong, self.found, self.missed))
        precision = right / ((right + wrong) or 1)
        recall = found / ((found + missed) or 1)
        return precision, recall, 2 * precision * recall / ((precision + recall) or 1)

    @property
    def families(self) -> list[str]:
        """The families that have labels or findings."""
        return [f for f in FAMILIES if self.found[f] + self.missed[f] + self.wrong[f] + self.right[f]]

    @property
    def macro(self) -> float:
        """The mean F1 of the families that have labels."""
        labelled = [f for f in FAMILIES if self.found[f] + self.missed[f]]
        return sum(self.of(family)[2] for family in labelled) / (len(labelled) or 1)


def _meets(label: Row, finding: Finding) -> bool:
    if label["family"] in WHOLE:
        return True
    return bool(label["start"] < finding.span.end and finding.span.start < label["end"])


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a labelled file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


_SLOTS = {
    "verb": "help",
    "x": "your team",
    "n": "5",
    "thing": "account",
    "date": "1 May",
    "adj": "ready",
    "positive": "the launch",
    "lose/pay/miss": "lose",
}


def harmless() -> Iterator[str]:
    """Yield the phrases of `exceptions.tsv`, which sound negative and are not, with their slots filled."""
    with (Path(__file__).parent / "exceptions.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield re.sub(r"\{([^{}]*)\}", lambda slot: _SLOTS.get(slot[1], slot[0]), row["phrase"])


def measure(corpus: Iterable[Row], linter: Linter) -> Score:
    """Lint every reply of a corpus and count."""
    score = Score()
    for row in corpus:
        score.add(row, linter.lint(row["reply"], customer=row["customer"]).findings)
    return score


def main() -> None:
    """Print the table, and what was missed and flagged in vain."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path, nargs="+")
    arguments.add_argument("--family", action="append", help="only this family")
    arguments.add_argument("--misses", type=int, default=0, help="print so many misses")
    arguments.add_argument("--alarms", type=int, default=0, help="print so many false alarms")
    arguments.add_argument("--whole", action="store_true", help="print the whole reply with each")
    asked = arguments.parse_args()
    linter = Linter(Config(select=tuple(asked.family or ())))
    score = measure((row for path in asked.corpus for row in rows(path)), linter)
    wanted = [family for family in score.families if not asked.family or family in asked.family]
    print(f"{'family':24} precision  recall      F1   labels findings")
    for family in wanted:
        precision, recall, f1 = score.of(family)
        labels = score.found[family] + score.missed[family]
        findings = score.right[family] + score.wrong[family]
        print(f"{family:24} {precision:9.3f} {recall:7.3f} {f1:7.3f} {labels:8} {findings:8}")
    precision, recall, f1 = score.of()
    print(
        f"all: precision {precision:.3f}, recall {recall:.3f}, micro-F1 {f1:.3f}, macro-F1 {score.macro:.3f}; "
        f"clean replies flagged {score.clean_flagged} of {score.clean}"
    )
    for title, items, most in (("missed", score.misses, asked.misses), ("in vain", score.alarms, asked.alarms)):
        for family, name, text, reply in [item for item in items if item[0] in wanted][:most]:
            print(f"{title:8} {name:9} {family:22} {text!r}" + (f"\n{'':12}{reply!r}" if asked.whole else ""))


if __name__ == "__main__":
    main()
