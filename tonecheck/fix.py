"""Fix a source: choose safe edits that don't overlap, make them, look again, until none is left."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tonecheck.model import Edit, Finding, Span, Suggestion

_PASSES = 8


@dataclass(frozen=True, slots=True)
class Fixed:
    """A source after its fixes: the new text, the edits of the old one that lead to it, and how many rewrites."""

    text: str
    edits: tuple[Edit, ...] = ()
    count: int = 0


def settle(source: str, look: Callable[[str], Iterable[Finding]]) -> Fixed:
    """Make the safe edits that `look` finds, and those it finds in the result, until there are none.

    Rules whose rewrites call for each other without end are left out, so that fixing the result changes nothing.
    """
    endless: set[str] = set()
    while True:
        fixed, last = Fixed(source), list[tuple[Finding, Suggestion]]()
        for _ in range(_PASSES):
            found = look(fixed.text)
            last = _picked(item for item in found if item.rule not in endless)
            if not last:
                return fixed
            edits = _in_order(suggestion for _, suggestion in last)
            fixed = Fixed(apply(fixed.text, edits), combined(fixed.edits, edits), fixed.count + len(last))
        endless |= {finding.rule for finding, _ in last}


def chosen(findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits of the first safe suggestion of each finding, in order, each finding's whole or not at all.

    Where the edits of two findings touch, those of the graver finding win, then those that stand first.
    """
    return _in_order(suggestion for _, suggestion in _picked(findings))


def apply(source: str, edits: Iterable[Edit]) -> str:
    """Return `source` with the edits made; they must be in order and apart."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (source[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join((*pieces, source[at:]))


def combined(first: Iterable[Edit], then: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that do at once what `first` and, on its result, `then` do; both in order and apart."""
    grown, edits = 0, []
    for group in _groups(_as_made(first), then):
        spans = [part.span for part in (*group.first, *group.then)]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        old_start, more = start - grown, sum(map(_growth, group.edits))
        text = apply("\0" * (end - start), _moved(group.first, start))  # what is no new text, `then` replaces
        edits.append(Edit(Span(old_start, end - grown - more), apply(text, _moved(group.then, start))))
        grown += more
    return tuple(edits)


@dataclass(slots=True)
class _Group:
    """Edits that touch, by their place in the text between: `first` as what they made, from `edits`, and `then`."""

    end: int
    edits: list[Edit]
    first: list[Edit]
    then: list[Edit]


def _as_made(edits: Iterable[Edit]) -> Iterator[tuple[Edit, Edit]]:
    """Yield each edit with the range that its text takes up afterwards."""
    grown = 0
    for edit in edits:
        start = edit.span.start + grown
        yield edit, Edit(Span(start, start + len(edit.text)), edit.text)
        grown += _growth(edit)


def _groups(first: Iterable[tuple[Edit, Edit]], then: Iterable[Edit]) -> list[_Group]:
    groups: list[_Group] = []
    parts = [*((made, edit) for edit, made in first), *((edit, None) for edit in then)]
    for part, edit in sorted(parts, key=lambda pair: (pair[0].span, pair[1] is None)):
        if not groups or part.span.start > groups[-1].end:
            groups.append(_Group(part.span.end, [], [], []))
        group = groups[-1]
        group.end = max(group.end, part.span.end)
        if edit is None:
            group.then.append(part)
        else:
            group.edits.append(edit)
            group.first.append(part)
    return groups


def _growth(edit: Edit) -> int:
    return len(edit.text) - (edit.span.end - edit.span.start)


def _moved(edits: Iterable[Edit], back: int) -> list[Edit]:
    return [Edit(Span(edit.span.start - back, edit.span.end - back), edit.text) for edit in edits]


def _picked(findings: Iterable[Finding]) -> list[tuple[Finding, Suggestion]]:
    """Return the findings to fix, each with the suggestion to take."""
    taken: list[Span] = []
    picked = []
    for finding in sorted(findings, key=lambda finding: (-finding.severity, finding.span)):
        safe = next((suggestion for suggestion in finding.suggestions if suggestion.safe), None)
        if safe and not any(_touches(edit.span, taken) for edit in safe.edits):
            for edit in safe.edits:
                insort(taken, edit.span)
            picked.append((finding, safe))
    return picked


def _in_order(suggestions: Iterable[Suggestion]) -> list[Edit]:
    return sorted((edit for suggestion in suggestions for edit in suggestion.edits), key=lambda edit: edit.span)


def _touches(span: Span, others: list[Span]) -> bool:
    """Return whether a range overlaps or adjoins one of others, which are in order and apart."""
    following = bisect_left(others, span)
    near = others[max(0, following - 1) : following + 1]
    return any(span.start <= other.end and other.start <= span.end for other in near)
