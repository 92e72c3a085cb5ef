"""Renderers: each makes the text of one output format, piece by piece, from what was checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tonecheck.draft import Draft
from tonecheck.model import Report, Severity


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft and its report; `label` is what a person calls it: a path, perhaps with a ticket's id."""

    label: str
    draft: Draft
    report: Report


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: “1 reply”, “2 replies”."""
    return f"{number} {one if number == 1 else many or one + 's'}"


@dataclass(slots=True)
class Tally:
    """What a run has seen so far."""

    drafts: int = 0
    faulty: int = 0
    silenced: int = 0
    fixable: int = 0
    findings: Counter[Severity] = field(default_factory=Counter)

    def add(self, report: Report) -> None:
        """Count one more draft."""
        self.drafts += 1
        self.faulty += bool(report.findings)
        self.silenced += report.silenced
        for finding in report.findings:
            self.findings[finding.severity] += 1
            self.fixable += any(suggestion.safe for suggestion in finding.suggestions)

    def reached(self, level: Severity) -> bool:
        """Return whether anything of that severity or above was found."""
        return any(count and severity >= level for severity, count in self.findings.items())
