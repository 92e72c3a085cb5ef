"""Machine-readable output: `json`, one document, and `jsonl`, one object a draft.

The shape is a contract; the README's reference part documents it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tonecheck.model import Edit, Finding, Report, Severity
from tonecheck.render import Checked, Tally

VERSION = 1
"""The version of the shape; it rises when a key goes or changes its meaning."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def jsonl(results: Iterable[Checked]) -> Iterator[str]:
    """Yield one line a draft, in order."""
    for result in results:
        yield dumped(report_record(result.report)) + "\n"


def document(results: Iterable[Checked], tally: Tally) -> Iterator[str]:
    """Yield one JSON document: `version`, `drafts` and, when all are seen, the `summary` of `tally`."""
    yield f'{{"version": {VERSION}, "drafts": ['
    separator = "\n"
    for result in results:
        yield separator + dumped(report_record(result.report))
        separator = ",\n"
    yield f'\n], "summary": {dumped(summary_record(tally))}}}\n'


def report_record(report: Report) -> dict[str, Any]:
    """Return a report as JSON values."""
    return {
        "name": report.name,
        "silenced": report.silenced,
        "findings": [_finding(finding) for finding in report.findings],
    }


def summary_record(tally: Tally) -> dict[str, int]:
    """Return what a run has seen, by number."""
    return {
        "drafts": tally.drafts,
        "findings": tally.findings.total(),
        **{f"{level}s": tally.findings[level] for level in sorted(Severity, reverse=True)},
        "fixable": tally.fixable,
        "silenced": tally.silenced,
    }


def dumped(value: object) -> str:
    """Return a value as JSON on one line that any encoding of Unicode can hold."""
    text = json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": str(finding.severity),
        "message": finding.message,
        "why": finding.why,
        "start": finding.span.start,
        "end": finding.span.end,
        "utf16_start": finding.utf16.start,
        "utf16_end": finding.utf16.end,
        "line": finding.line,
        "column": finding.column,
        "text": finding.text,
        "suggestions": [
            {"text": suggestion.text, "safe": suggestion.safe, "edits": [_edit(edit) for edit in suggestion.edits]}
            for suggestion in finding.suggestions
        ],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {"start": edit.span.start, "end": edit.span.end, "text": edit.text}
