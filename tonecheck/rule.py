"""The parts of a rule, as its file says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tonecheck.model import Severity, Span

SCOPES = ("inside", "sentence", "nearby", "reply", "customer")
"""Where a guard looks: around the match, in its sentence, in those beside it, in the whole reply, at the customer."""

UNHEARD = "unheard"
"""The scope of a guard that asks the learned ear; it holds for the rules that come with tonecheck, which it knows."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A context in which a match is no finding (`unless`), or only then one (`when`).

    Either phrases in a scope, or the name of a guard of `guards.yaml` or of `guards.py`, or the likelihood of a fault
    under which the learned ear is said to hear none (scope `unheard`).
    """

    scope: str
    texts: tuple[str, ...] = ()
    name: str = ""
    likelihood: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a rule's phrase table: any of `find`, better said as one of `say` (an empty text deletes).

    `safe` is what the author says of the rewrites: False never, True although a negation or an obligation is put in
    other words, None where tonecheck is to see for itself (and False where words of a gap or a slot would be lost).
    """

    find: tuple[str, ...]
    say: tuple[str, ...] = ()
    safe: bool | None = None
    unless: tuple[Guard, ...] = ()
    when: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A reply that the rule must flag at `marks`, or, where there are none, must pass; the file's `place`-th."""

    text: str
    marks: tuple[Span, ...]
    place: int
    customer: str | None = None
    channel: str | None = None
    becomes: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as its file says."""

    id: str
    family: str
    severity: Severity
    message: str
    why: str
    path: Path
    rows: tuple[Row, ...] = ()
    unless: tuple[Guard, ...] = ()
    when: tuple[Guard, ...] = ()
    check: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    channels: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    no_say: str = ""


def with_settings(rule: Rule, *, severity: Severity | None = None, options: Mapping[str, Any] | None = None) -> Rule:
    """Return `rule` as a configuration wants it."""
    return replace(
        rule,
        severity=rule.severity if severity is None else severity,
        options=rule.options if not options else MappingProxyType({**rule.options, **options}),
    )
