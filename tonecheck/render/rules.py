"""Rules for people and programs: the list by family, and all there is to say about one rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from tonecheck import configfile
from tonecheck.model import FAMILIES
from tonecheck.render import records
from tonecheck.render.style import LEVELS, QUIET, Piece, painted, visible, wrapped
from tonecheck.rule import UNHEARD, Example, Guard, Row, Rule

_INDENT = "    "
_VALUE = re.compile(r"\{[a-z_]+\}")
_MARKED = {True: ("bold red", "", ""), False: ("", "[[", "]]")}
_SCOPES = {
    "inside": "around the words",
    "sentence": "in the same sentence",
    "nearby": "in a sentence beside it",
    "reply": "anywhere in the reply",
    "customer": "in the customer's message",
}


def listing(rules: Iterable[Rule], *, color: bool) -> Iterator[str]:
    """Yield the rules by family, each with its severity and its message."""
    rules = list(rules)
    width = max((len(rule.id) for rule in rules), default=0)
    for family, members in groupby(_by_family(rules), key=lambda rule: rule.family):
        yield painted([(family, "bold")], color=color) + "\n"
        for rule in members:
            level = (f"{rule.severity!s:<10}", LEVELS[rule.severity])
            yield painted([(f"  {rule.id:<{width}}  ", ""), level, (" " + gist(rule), "")], color=color) + "\n"
    families = len({rule.family for rule in rules})
    yield f"{len(rules)} rules in {families} families; `tonecheck explain RULE` tells all about one\n"


def listing_json(rules: Iterable[Rule]) -> str:
    """Return the rules as a JSON array."""
    records_ = (
        {
            "id": rule.id,
            "family": rule.family,
            "severity": str(rule.severity),
            "message": rule.message,
            "why": rule.why,
            "phrases": sum(len(row.find) for row in rule.rows),
            "check": rule.check,
            "channels": sorted(rule.channels),
            "aliases": list(rule.aliases),
        }
        for rule in _by_family(rules)
    )
    return "[\n" + ",\n".join(map(records.dumped, records_)) + "\n]\n"


def gist(rule: Rule) -> str:
    """Return a rule's message without the words of a draft."""
    return visible(_VALUE.sub("…", rule.message))


def explanation(rule: Rule, guards: Mapping[str, tuple[Guard, ...]], *, color: bool) -> Iterator[str]:
    """Yield the lines about one rule; `guards` are those that apply to its whole family, by family."""
    for line in _explained(rule, guards, color=color):
        yield painted(line, color=color) + "\n"


def _explained(rule: Rule, guards: Mapping[str, tuple[Guard, ...]], *, color: bool) -> Iterator[list[Piece]]:
    channels = f", only for {', '.join(sorted(rule.channels))}" if rule.channels else ""
    yield [(rule.id, "bold"), ("  ", ""), (str(rule.severity), LEVELS[rule.severity]), (channels, "")]
    yield from ([(line, "")] for line in wrapped(gist(rule), _INDENT))
    yield from _section("Why", wrapped(rule.why, _INDENT))
    if rule.rows:
        yield from _section("Phrases", (line for row in rule.rows for line in _row(row)))
        yield from _section("Rewrites", wrapped(_safety(rule), _INDENT))
    if rule.check:
        options = "".join(f", {name} = {value}" for name, value in rule.options.items())
        yield from _section("Found by", [f"{_INDENT}the check {rule.check}{options}"])
    yield from _section("Only with", _guards(rule.when, _INDENT))
    yield from _section("Not with", _guards((*guards.get(rule.family, ()), *rule.unless), _INDENT))
    yield from _section("Bad", (line for example in rule.examples for line in _bad(example, color=color)))
    yield from _section("Good", (_good(example) for example in rule.examples if not example.marks))
    former = [f"{_INDENT}formerly {', '.join(rule.aliases)}"] if rule.aliases else []
    yield from _section("File", [f"{_INDENT}{configfile.shown(rule.path)}", *former])


def _section(title: str, lines: Iterable[str | list[Piece]]) -> Iterator[list[Piece]]:
    lines = list(lines)
    if lines:
        yield [("", "")]
        yield [(title, "bold")]
        yield from ([(line, "")] if isinstance(line, str) else line for line in lines)


def _row(row: Row) -> Iterator[str]:
    for find in row.find:
        yield f"{_INDENT}{find}"
    for say in row.say:
        yield f"{_INDENT}  → {say or 'delete these words'}"
    yield from _guards(row.when, f"{_INDENT}  only ")
    yield from _guards(row.unless, f"{_INDENT}  not ")


def _safety(rule: Rule) -> str:
    """Return whether `tonecheck fix` makes the rewrites of a rule."""
    says = [(row, say) for row in rule.rows for say in row.say]
    safe = [say for row, say in says if row.safe is not False and "<" not in say]
    if not says:
        return f"None. {rule.no_say}".strip()
    if not safe:
        return "A person must make them: `tonecheck fix` leaves these words alone."
    some = "They are" if len(safe) == len(says) else f"{len(safe)} of {len(says)} are"
    return f"{some} safe: `tonecheck fix` makes them wherever no number, name, placeholder or refusal would be lost."


def _guards(guards: Iterable[Guard], indent: str) -> list[str]:
    lines = []
    for guard in dict.fromkeys(guards):
        if guard.name:
            lines.append(f"{indent}@{guard.name}")
        elif guard.scope == UNHEARD:
            lines.append(f"{indent}where the learned ear hears a fault with less than {guard.likelihood:.0%}")
        else:
            lines += [f"{indent}{_SCOPES[guard.scope]}: {text}" for text in guard.texts]
    return lines


def _good(example: Example) -> list[Piece]:
    return [(_INDENT, ""), *_customer(example), (visible(example.text), "")]


def _bad(example: Example, *, color: bool) -> Iterator[list[Piece]]:
    if not example.marks:
        return
    style, opening, closing = _MARKED[color]
    pieces, at = [(_INDENT, ""), *_customer(example)], 0
    for mark in example.marks:
        words = visible(example.text[mark.start : mark.end])
        pieces += [(visible(example.text[at : mark.start]), ""), (f"{opening}{words}{closing}", style)]
        at = mark.end
    yield [*pieces, (visible(example.text[at:]), "")]
    if example.becomes is not None:
        yield [(f"{_INDENT}→ {visible(example.becomes)}", "green")]


def _customer(example: Example) -> list[Piece]:
    return [(f"(to “{visible(example.customer)}”) ", QUIET)] if example.customer else []


def _by_family(rules: Iterable[Rule]) -> list[Rule]:
    order = list(FAMILIES)
    return sorted(rules, key=lambda rule: (order.index(rule.family), rule.id))
