"""The anchors of a phrase: word sequences of which any text that it finds has one, and the rarest that will do."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from tonecheck.expressions import SAME
from tonecheck.grammar import Context, Edge, Either, Node, PhraseError, Sequence, Slot, Word

_COMMON = """
. , the and you to it a is your on in for i at of that with if by sorry we so can no be from have are this ! one
will our hi me up about as was back us out before ? 's do two all day days new please has dear see any until not
am like today send then there same off or again time may need account under get my now thank open free number
first them here after an within what next card they three just too good keep go which name pay when would right
minutes every thanks put line only were been hello way take tell reply last over order page anything week but
had how once call should ask both never through could did does as than some more their his her he she
"""
_CHANCE = {word: 0.07 / (rank + 1) for rank, word in enumerate(_COMMON.split())}
"""How often a word stands in support replies, by Zipf's law from the rank among 1,135 of them."""
RARE = 0.00003
_MOST_ANCHORS = 16
"""The most word sequences of a run of items; more would cost more to look up than they save."""
_MOST_LISTED = 128

_LONGEST = 4

Words = tuple[str, ...]


def chance(word: str) -> float:
    """Return about how often a word stands among the words of support replies."""
    return _CHANCE.get(word, RARE)


class _Size(NamedTuple):
    """How many word sequences a node stands for, and how often one of them is met, all chances added up.

    Of nodes in a row both multiply, so that sequences need not be listed to be compared.
    """

    number: int
    cost: float
    may_be_empty: bool


class _Plan(NamedTuple):
    """The nodes whose word sequences, taken together, are the anchors, and how often one of them is met."""

    cost: float
    nodes: tuple[Node, ...]


class Anchors:
    """Finds the anchors of normal trees; words and word classes, which many phrases share, are weighed once."""

    def __init__(self) -> None:
        self._sizes: dict[int, tuple[Node, _Size | None]] = {}
        self._plans: dict[int, tuple[Node, _Plan | None]] = {}

    def of(self, tree: Node) -> set[Words]:
        """Return the rarest anchors of a tree; raise `PhraseError` where no word must stand."""
        plan = self._plan(tree)
        if plan is None:
            raise PhraseError("a phrase needs at least one word that always stands in it")
        return {words for node in plan.nodes for words in _spelled(node)}

    def _plan(self, node: Node) -> _Plan | None:
        known = self._plans.get(id(node))
        if known is None:
            known = self._plans[id(node)] = (node, self._new_plan(node))
        return known[1]

    def _new_plan(self, node: Node) -> _Plan | None:
        match node:
            case Slot(_, inner) | Context(inner):
                return self._plan(inner)
            case Either() | Sequence():
                return self._plan_branch(node)
        size = self._size(node)
        return None if size is None or size.may_be_empty else _Plan(size.cost, (node,))

    def _plan_branch(self, node: Either | Sequence) -> _Plan | None:
        if isinstance(node, Either):
            plans = [self._plan(option) for option in node.options]
            each = [plan for plan in plans if plan]
            if len(each) < len(plans):
                return None
            return _Plan(sum(plan.cost for plan in each), tuple(part for plan in each for part in plan.nodes))
        items = node.items
        return min(filter(None, self._windows(items)), key=lambda plan: plan.cost, default=None)

    def _windows(self, items: tuple[Node, ...]) -> Iterator[_Plan | None]:
        """Yield the plan of each item, and of each short run of items of which all word sequences can be listed."""
        for start, item in enumerate(items):
            yield self._plan(item)
            whole = self._size(item)
            for end in range(start + 1, min(start + _LONGEST, len(items))):
                more = self._size(items[end]) if whole else None
                if not whole or not more or whole.number * more.number > _MOST_ANCHORS:
                    break
                whole = _in_a_row(whole, more)
                if not whole.may_be_empty:
                    yield _Plan(whole.cost, (Sequence(items[start : end + 1]),))

    def _size(self, node: Node) -> _Size | None:
        """Return the size of a node, or None where its word sequences can't be listed or are too many."""
        known = self._sizes.get(id(node))
        if known is None:
            known = self._sizes[id(node)] = (node, self._new_size(node))
        return known[1]

    def _new_size(self, node: Node) -> _Size | None:
        match node:
            case Word(text):
                same = SAME.get(text, (text,))
                return _Size(len(same), sum(map(chance, same)), may_be_empty=False)
            case Edge():
                return _Size(1, 1.0, may_be_empty=True)
            case Slot(_, inner) | Context(inner):
                return self._size(inner)
            case Either() | Sequence():
                return self._size_of_branch(node)
        return None

    def _size_of_branch(self, node: Either | Sequence) -> _Size | None:
        parts = node.options if isinstance(node, Either) else node.items
        join = _either if isinstance(node, Either) else _in_a_row
        whole = None if isinstance(node, Either) else _Size(1, 1.0, may_be_empty=True)
        for part in parts:
            size = self._size(part)
            if size is None:
                return None
            whole = size if whole is None else join(whole, size)
            if whole.number > _MOST_LISTED:
                return None
        return whole


def _in_a_row(one: _Size, other: _Size) -> _Size:
    return _Size(one.number * other.number, one.cost * other.cost, one.may_be_empty and other.may_be_empty)


def _either(one: _Size, other: _Size) -> _Size:
    return _Size(one.number + other.number, one.cost + other.cost, one.may_be_empty or other.may_be_empty)


def _spelled(node: Node) -> set[Words]:
    """Return every word sequence that a node can stand for."""
    match node:
        case Word(text):
            return {(same,) for same in SAME.get(text, (text,))}
        case Slot(_, inner) | Context(inner):
            return _spelled(inner)
        case Either(options):
            return set().union(*map(_spelled, options))
        case Sequence(items):
            rows = itertools.product(*map(_spelled, items))
            return {tuple(itertools.chain.from_iterable(row)) for row in rows}
    return {()}
