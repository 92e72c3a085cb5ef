"""Hold rules to their own examples: what `tonecheck test` and the test-suite run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tonecheck import linter
from tonecheck.config import Config
from tonecheck.draft import Draft
from tonecheck.fix import apply
from tonecheck.model import Edit, Finding, Span
from tonecheck.rule import Example, Rule
from tonecheck.rulebook import Rulebook
from tonecheck.yamlfile import YamlFile

HEARD = "heard"
"""The check that asks the learned ear."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that its rule does not keep: where it stands, and what happened instead."""

    rule: Rule
    example: Example
    message: str

    def __str__(self) -> str:
        """Return `path:line: message`."""
        line = YamlFile.read(self.rule.path).line(("examples", self.example.place))
        return f"{self.rule.path}:{line}: {self.message}"


def failures(rulebook: Rulebook, rules: Iterable[Rule]) -> Iterator[Failure]:
    """Yield the examples of `rules` that fail; each rule is tried alone."""
    for rule in rules:
        ready = linter.prepare(rulebook, Config(), {rule.id: rule})
        for example in rule.examples:
            message = problem(rule, example, ready)
            if message:
                yield Failure(rule, example, message)


def problem(rule: Rule, example: Example, ready: linter.Ready) -> str:
    """Return how an example fails, or nothing; `ready` holds the rule alone."""
    draft = Draft("", example.text, example.text, customer=example.customer, channel=example.channel)
    findings = linter.lint(draft, ready).findings
    wanted = [example.text[mark.start : mark.end] for mark in example.marks]
    if not _as_marked([finding.span for finding in findings], example.marks, exactly=rule.check != HEARD):
        found = ", ".join(f"“{finding.text}”" for finding in findings) or "nothing"
        return f"“{example.text}” should have {', '.join(f'“{w}”' for w in wanted) or 'nothing'} flagged, not {found}"
    if example.becomes is not None:
        became = apply(example.text, _first_edits(findings))
        if became != example.becomes:
            return f"“{example.text}” should become “{example.becomes}”, not “{became}”"
    return ""


def _as_marked(spans: list[Span], marks: Sequence[Span], *, exactly: bool) -> bool:
    """Return whether the findings are where the marks are; the ear points where its weights say, so it may differ."""
    if exactly:
        return spans == list(marks)
    return len(spans) == len(marks) and all(map(Span.overlaps, spans, marks))


def _first_edits(findings: Iterable[Finding]) -> list[Edit]:
    return [edit for finding in findings if finding.suggestions for edit in finding.suggestions[0].edits]
