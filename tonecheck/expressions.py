"""From the tree of a phrase to a regular expression over the words of a reading."""

from __future__ import annotations

import re
from functools import cache

from tonecheck import language
from tonecheck.grammar import Context, Edge, Either, Gap, Node, Prefix, Sequence, Slot, Word

SAME = {
    "is": ("is", "'s"),
    "has": ("has", "'s"),
    "'s": ("'s", "is", "has"),
    "would": ("would", "'d"),
    "had": ("had", "'d"),
}
"""Words of phrases that also stand for a contraction."""
_STOPS = r'[-,;:.!?()…—–"]|but|because|although|though|unless|until|while'
_IN_CLAUSE = rf"(?: (?!(?:{_STOPS}) )[^ \n]+)"


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
    words = [" " + re.escape(same) for same in SAME.get(word, (word,))]
    return words[0] if len(words) == 1 else "(?:" + "|".join(words) + ")"


class Normalizer:
    """Puts the words of phrases in normal form; word classes, which many phrases share, are worked out once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Node, Node]] = {}

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
                known = self._known.get(id(node))
                if known is None:
                    known = self._known[id(node)] = (node, self._branch(node))
                return known[1]
        return node

    def _branch(self, node: Either | Sequence) -> Node:
        if isinstance(node, Either):
            return Either(tuple(map(self.normal, node.options)))
        flat: list[Node] = []
        for item in map(self.normal, node.items):
            flat += item.items if isinstance(item, Sequence) else (item,)
        return Sequence(tuple(flat))
