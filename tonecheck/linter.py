"""Lint one draft: find the phrases, run the checks, weigh the guards, and report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tonecheck import rewrite, suppress
from tonecheck.checks import CHECKS, check_options
from tonecheck.config import Config
from tonecheck.draft import Draft
from tonecheck.exchange import Exchange, signal_owner
from tonecheck.guards import JUDGES
from tonecheck.model import Finding, Hit, Report, Span
from tonecheck.phrases import PhraseBook
from tonecheck.rule import UNHEARD, Guard, Row, Rule, with_settings
from tonecheck.rulebook import Rulebook, packaged_rules

_ALLOWED = "allowed"
_SENTENCES_AROUND = 1


@dataclass(frozen=True, slots=True)
class _GuardPhrases:
    """A guard whose phrases stand in the book under `owner`."""

    scope: str
    owner: str


@dataclass(frozen=True, slots=True)
class _Unheard:
    """A guard that holds where the ear hears a fault of `family` with less than `likelihood`."""

    family: str
    likelihood: float


Test = _GuardPhrases | _Unheard | str
"""A guard made ready: phrases of the book, a question to the ear, or the name of a judge of `guards.py`."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a rule, made ready."""

    rule: Rule
    row: Row
    unless: tuple[Test, ...]
    when: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit and the rule that it broke."""

    rule: Rule
    hit: Hit
    row: Row | None


@dataclass(frozen=True)
class Ready:
    """A rulebook and a configuration made ready for linting; immutable, and shared freely between threads."""

    book: PhraseBook
    rulebook: Rulebook
    rules: Mapping[str, Rule]
    lines: Mapping[str, tuple[_Line, ...]]
    checks: tuple[tuple[_Line, Mapping[str, Any]], ...]
    known: frozenset[str]
    channel: str | None


class _Preparation:
    """Gathers the phrases of every owner for one phrase book."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._tests: dict[str, tuple[Test, ...]] = {}
        self.owners: dict[str, tuple[str, ...]] = {
            signal_owner(name): texts for name, texts in rulebook.signals.items()
        }

    def tests(self, owner: str, guards: Iterable[Guard]) -> tuple[Test, ...]:
        """Return the guards of an owner made ready, the first time by putting their phrases among the owners."""
        if owner not in self._tests:
            self._tests[owner] = tuple(self._each_test(owner, guards))
        return self._tests[owner]

    def _each_test(self, owner: str, guards: Iterable[Guard]) -> Iterator[Test]:
        for number, guard in enumerate(guards):
            if guard.name in JUDGES and guard.name not in self.rulebook.guards:
                yield guard.name
            elif guard.name:
                yield from self.tests(f"guard {guard.name}", self.rulebook.guards[guard.name])
            else:
                name = f"{owner} {number}"
                self.owners[name] = guard.texts
                yield _GuardPhrases(guard.scope, name)

    @staticmethod
    def _known(rule: Rule) -> bool:
        """Return whether the ear has learned from the rule's examples, as it has from those of all packaged rules."""
        return packaged_rules() in rule.path.parents

    def line(self, rule: Rule, row: Row, name: str) -> _Line:
        family = self.rulebook.families.get(rule.family, ())
        unless = (
            *self.tests(f"family {rule.family}", (guard for guard in family if guard.scope != UNHEARD)),
            *(
                _Unheard(rule.family, guard.likelihood)
                for guard in family
                if guard.scope == UNHEARD and self._known(rule)
            ),
            *self.tests(f"unless {rule.id}", rule.unless),
            *self.tests(f"unless {name}", row.unless),
        )
        when = (*self.tests(f"when {rule.id}", rule.when), *self.tests(f"when {name}", row.when))
        return _Line(rule, row, unless, when)


def prepare(
    rulebook: Rulebook,
    config: Config,
    rules: Mapping[str, Rule],
    remembered: Mapping[str, list[str]] | None = None,
) -> Ready:
    """Compile `rules`, those of the rulebook that are in force, into what `lint` needs.

    `remembered` are the anchors of an earlier `Ready.book`, for a quicker start.
    """
    work = _Preparation(rulebook)
    lines: dict[str, tuple[_Line, ...]] = {}
    checks = []
    for rule in rules.values():
        if rule.check:
            known = check_options(rule.check)
            options = {name: known[name].value(value) for name, value in rule.options.items()}
            checks.append((work.line(rule, Row(()), rule.id), options))
            continue
        each: list[_Line] = []
        texts: list[str] = []
        for number, row in enumerate(rule.rows):
            line = work.line(rule, row, f"{rule.id} row {number}")
            each += [line] * len(row.find)
            texts += row.find
        lines[f"rule {rule.id}"] = tuple(each)
        work.owners[f"rule {rule.id}"] = tuple(texts)
    work.owners[_ALLOWED] = config.allow
    familiar = frozenset(word.casefold() for word in config.known)
    book = PhraseBook(work.owners, rulebook.classes, watched=lines, remembered=remembered)
    return Ready(book, rulebook, rules, lines, tuple(checks), familiar, config.channel)


def active(rulebook: Rulebook, config: Config) -> dict[str, Rule]:
    """Return the rules that `config` leaves in force, with its severities and options."""
    chosen: dict[str, Rule] = {}
    for rule in rulebook.rules.values():
        names = {rule.id, rule.family, *rule.aliases}
        if (config.select and not names & set(config.select)) or names & set(config.ignore):
            continue
        severity = config.severity.get(rule.id, config.severity.get(rule.family))
        options: Mapping[str, Any] = config.options.get(rule.id, {})
        chosen[rule.id] = with_settings(rule, severity=severity, options=options)
    return chosen


def lint(draft: Draft, ready: Ready) -> Report:
    """Return the findings of a draft, in the order of its text."""
    exchange = Exchange(draft, ready.book, ready.known)
    channel = draft.channel or ready.channel
    found = _distinct([*_phrase_hits(exchange, ready, channel), *_check_hits(exchange, ready, channel)])
    allowed = [exchange.span(match) for match in exchange.scan.matches(_ALLOWED)]
    unwished = [item for item in found if not any(item.hit.span.inside(span) for span in allowed)]
    silencer = suppress.Silencer(draft.suppressions, ready.rulebook.resolve, ready.rulebook.nearest)
    kept = [item for item in unwished if not silencer.silences(item.hit.span, item.rule.id, item.rule.family)]
    findings = tuple(_finding(exchange, item) for item in kept)
    return Report(draft.name, findings, len(found) - len(findings), silencer.notices())


def _phrase_hits(exchange: Exchange, ready: Ready, channel: str | None) -> Iterator[_Found]:
    for owner in exchange.scan.near:
        lines = ready.lines.get(owner)
        if not lines or (lines[0].rule.channels and channel not in lines[0].rule.channels):
            continue
        for match in exchange.scan.matches(owner):
            line = lines[match.phrase]
            if _stands(exchange, line, exchange.span(match)):
                captures = {name: exchange.reading.span(*words) for name, words in match.captures.items()}
                yield _Found(line.rule, Hit(exchange.span(match), captures), line.row)


def _check_hits(exchange: Exchange, ready: Ready, channel: str | None) -> Iterator[_Found]:
    for line, options in ready.checks:
        rule = line.rule
        if rule.check is None or (rule.channels and channel not in rule.channels):
            continue
        for hit in CHECKS[rule.check](exchange, **options):
            if _stands(exchange, line, hit.span):
                yield _Found(rule, hit, None)


def _stands(exchange: Exchange, line: _Line, span: Span) -> bool:
    """Return whether a hit is a finding: some `when` holds, and no `unless` does."""
    if line.when and not any(_holds(exchange, test, span) for test in line.when):
        return False
    return not any(_holds(exchange, test, span) for test in line.unless)


def _holds(exchange: Exchange, test: Test, span: Span) -> bool:
    if isinstance(test, str):
        return JUDGES[test](exchange, span)
    if isinstance(test, _Unheard):
        return _likelihood(exchange, test.family, span) < test.likelihood
    if test.scope == "customer":
        return bool(exchange.draft.customer) and bool(exchange.customer_scan.matches(test.owner))
    if test.scope == "reply":
        return bool(exchange.scan.matches(test.owner))
    here = exchange.reading.sentence_at(exchange.reading.word_at(span.start))
    if test.scope == "inside":
        contexts = (exchange.span(match) for match in exchange.scan.in_sentence(test.owner, here))
        return any(context.start <= span.start < context.end for context in contexts)
    reach = _SENTENCES_AROUND if test.scope == "nearby" else 0
    return any(exchange.scan.in_sentence(test.owner, number) for number in range(here - reach, here + reach + 1))


def _likelihood(exchange: Exchange, family: str, span: Span) -> float:
    """Return how likely the ear takes a fault of a family to be in the sentence of some words."""
    sentence = exchange.reading.sentence_at(exchange.reading.word_at(span.start))
    return float(exchange.heard.likelihood[sentence, exchange.heard.families.index(family)])


def _distinct(found: Iterable[_Found]) -> list[_Found]:
    """Return the findings without those that tell the same words of the same family again."""
    kept: dict[str, list[_Found]] = {}
    for item in sorted(found, key=_weight):
        others = kept.setdefault(item.rule.family, [])
        reach = item.hit.gives_way or item.hit.span
        place = bisect_left(others, reach, key=lambda other: other.hit.span)
        near = others[max(0, place - 1) : place + 1]
        if not any(reach == other.hit.span or reach.overlaps(other.hit.span) for other in near):
            others.insert(bisect_left(others, item.hit.span, key=lambda other: other.hit.span), item)
    return sorted((item for items in kept.values() for item in items), key=lambda item: (item.hit.span, item.rule.id))


def _weight(item: _Found) -> tuple[bool, int, int, Span, str]:
    """Return what decides between two findings of a family: a rule before the ear, then gravity, then length."""
    span = item.hit.span
    return item.hit.gives_way is not None, -item.rule.severity, span.start - span.end, span, item.rule.id


def _finding(exchange: Exchange, item: _Found) -> Finding:
    draft, rule, hit = exchange.draft, item.rule, item.hit
    words = draft.text[hit.span.start : hit.span.end]
    says = item.row.say if item.row else hit.says
    vouched = item.row.safe if item.row else True
    where = draft.source_span(hit.span)
    line, column = draft.line_column(where.start)
    message = rule.message
    for name, value in {"match": " ".join(words.split()), **hit.values}.items():
        message = message.replace(f"{{{name}}}", value)
    return Finding(
        rule=rule.id,
        family=rule.family,
        severity=rule.severity,
        message=message,
        why=rule.why,
        span=where,
        utf16=draft.utf16(where),
        line=line,
        column=column,
        text=draft.source[where.start : where.end],
        suggestions=rewrite.suggestions(draft, hit.span, says, hit.captures, vouched=vouched),
    )
