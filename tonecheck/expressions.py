"""From the tree of a phrase to what the engine looks for: its anchors, and a regular expression over words."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from tonecheck import language
from tonecheck.grammar import Context, Edge, Either, Gap, Node, PhraseError, Prefix, Sequence, Slot, Word

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
_SAME = {
    "is": ("is", "'s"),
    "has": ("has", "'s"),
    "'s": ("'s", "is", "has"),
    "would": ("would", "'d"),
    "had": ("had", "'d"),
}
_STOPS = r'[-,;:.!?()…—–"]|but|because|although|though|unless|until|while'
_IN_CLAUSE = rf"(?: (?!(?:{_STOPS}) )[^ \n]+)"

Words = tuple[str, ...]
Kept = TypeVar("Kept")


@cache
def _normal_word(text: str) -> Node:
    words = language.words(text)
    return Word(words[0]) if len(words) == 1 else Sequence(tuple(map(Word, words)))


def pattern(node: Node) -> str:
    """Return the regular expression of a normal tree, over the `line` of a reading."""
    items = list(node.items if isinstance(node, Sequence) else (node,))
    before = _expression(items.pop(0), tail=False) if items and isinstance(items[0], Context) else ""
    after = _expression(items.pop(), tail=False) if items and isinstance(items[-1], Context) else ""
    core = _expression(Sequence(tuple(items)), tail=not after)
    return f"{before}(?P<match>{core}){after}(?= )"


def _expression(node: Node, *, tail: bool) -> str:
    match node:
        case Word(text):
            found = _same(text)
        case Prefix(text):
            found = " " + re.escape(text) + "[^ ]*"
        case Edge(first):
            found = r"(?<=\n)" if first else r"(?=(?: [.!?…])* \n)"
        case Gap(least, most):
            found = f"{_IN_CLAUSE}{{{least},{most}}}" + ("" if tail else "?")
        case Slot(name, inner):
            found = f"(?P<{name}>{_expression(inner, tail=tail)})"
        case Context(inner):
            found = _expression(inner, tail=tail)
        case Either(options):
            found = "(?:" + "|".join(_expression(option, tail=tail) for option in options) + ")"
        case Sequence(items):
            last = len(items) - 1
            found = "".join(_expression(item, tail=tail and place == last) for place, item in enumerate(items))
    return found


def _same(word: str) -> str:
    words = [" " + re.escape(same) for same in _SAME.get(word, (word,))]
    return words[0] if len(words) == 1 else "(?:" + "|".join(words) + ")"


def chance(word: str) -> float:
    """Return about how often a word stands among the words of support replies."""
    return _CHANCE.get(word, RARE)


class Compiler:
    """Makes phrases ready; word classes, which many phrases share, are worked out once."""

    def __init__(self) -> None:
        self._normal: dict[int, tuple[Node, Node]] = {}
        self._spelled: dict[int, tuple[Node, set[Words] | None]] = {}
        self._best: dict[int, tuple[Node, set[Words] | None]] = {}

    def normal(self, node: Node) -> Node:
        """Return the tree with every word in the normal form that readings use."""
        match node:
            case Word(text):
                return _normal_word(text)
            case Slot(name, inner):
                return Slot(name, self.normal(inner))
            case Context(inner):
                return Context(self.normal(inner))
            case Either() | Sequence():
                return _once(self._normal, node, self._normal_branch)
        return node

    def _normal_branch(self, node: Node) -> Node:
        if isinstance(node, Either):
            return Either(tuple(map(self.normal, node.options)))
        flat: list[Node] = []
        for item in map(self.normal, node.items if isinstance(node, Sequence) else ()):
            flat += item.items if isinstance(item, Sequence) else (item,)
        return Sequence(tuple(flat))

    def anchors(self, tree: Node) -> set[Words]:
        """Return word sequences of which any text that a normal tree finds has one; the rarest such set."""
        best = self._best_anchors(tree)
        if best is None:
            raise PhraseError("a phrase needs at least one word that always stands in it")
        return best

    def _best_anchors(self, node: Node) -> set[Words] | None:
        match node:
            case Slot(_, inner) | Context(inner):
                return self._best_anchors(inner)
            case Either() | Sequence():
                return _once(self._best, node, self._best_of_branch)
        found = self.spelled(node)
        return None if found and () in found else found

    def _best_of_branch(self, node: Node) -> set[Words] | None:
        if isinstance(node, Either):
            each = [self._best_anchors(option) for option in node.options]
            return None if None in each else set().union(*(found for found in each if found))
        items = node.items if isinstance(node, Sequence) else ()
        return min(filter(None, self._windows(items)), key=_cost, default=None)

    def _windows(self, items: tuple[Node, ...]) -> Iterator[set[Words] | None]:
        """Yield the anchor sets of each item and of each short run of items."""
        for start, item in enumerate(items):
            yield self._best_anchors(item)
            run = self.spelled(item)
            for other in items[start + 1 : start + 4]:
                more = self.spelled(other) if run else None
                if not run or not more or len(run) * len(more) > _MOST_ANCHORS:
                    break
                run = {(*one, *two) for one, two in itertools.product(run, more)}
                yield None if () in run else run

    def spelled(self, node: Node) -> set[Words] | None:
        """Return every word sequence the node can stand for, or None where they can't be listed."""
        match node:
            case Word(text):
                return {(same,) for same in _SAME.get(text, (text,))}
            case Edge():
                return {()}
            case Slot(_, inner) | Context(inner):
                return self.spelled(inner)
            case Either() | Sequence():
                return _once(self._spelled, node, self._spelled_branch)
        return None

    def _spelled_branch(self, node: Node) -> set[Words] | None:
        whole: set[Words] = set() if isinstance(node, Either) else {()}
        for part in node.options if isinstance(node, Either) else node.items if isinstance(node, Sequence) else ():
            found = self.spelled(part)
            if found is None:
                return None
            whole = whole | found if isinstance(node, Either) else {(*a, *b) for a in whole for b in found}
            if len(whole) > _MOST_ANCHORS * 8:
                return None
        return whole


def _once(memory: dict[int, tuple[Node, Kept]], node: Node, work: Callable[[Node], Kept]) -> Kept:
    """Return what `work` makes of a node, the first time by doing it; the node is kept so that its id stays its own."""
    found = memory.get(id(node))
    if found is None:
        found = memory[id(node)] = (node, work(node))
    return found[1]


def _cost(found: set[Words]) -> float:
    return sum(math.prod(map(chance, anchor)) for anchor in found)
