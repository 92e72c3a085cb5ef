"""The phrase form of rule files as a tree.

word          that word, in any case and contraction     word*    any word that starts so
~word         any form of that verb or noun              @name    a word class of `words.yaml`
(a|b)  (a|)   one of these; an empty one is optional     ...      up to four words of the same clause
{slot}        one to twelve words of one clause, carried into `say`
{slot:1-3}    so many words     {slot:(a|b)}    what this phrase matches
[a|b]         must stand there, at the beginning or the end, but is not part of the match
^  $          the beginning and the end of a sentence
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tonecheck.inflect import forms

_TOKEN = re.compile(r"\s*(\{[^{}]*\}|[()\[\]|^]|\$(?!\S)|\.\.\.|[@~][\w'-]+|[^\s(){}\[\]|^]+)")
_SLOT = re.compile(r"\{\s*([a-z_][a-z0-9_]*)\s*(?::\s*(.+?)\s*)?\}", re.DOTALL)
_SLOT_NAME = re.compile(r"\{\s*([a-z_][a-z0-9_]*)")
_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")
_LONGEST = 12
_CLOSING = frozenset({"", "|", ")", "]"})


class PhraseError(ValueError):
    """A phrase that can't be read or can't match; the text says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that starts with `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (`first`) or the end of a sentence."""

    first: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """From `least` to `most` words of one clause."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A named part of the match."""

    name: str
    inner: Node


@dataclass(frozen=True, slots=True)
class Context:
    """What must stand before or after the match."""

    inner: Node


@dataclass(frozen=True, slots=True)
class Either:
    """One of the options."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """One item after the other."""

    items: tuple[Node, ...]


Node = Word | Prefix | Edge | Gap | Slot | Context | Either | Sequence


def parse(text: str, classes: Mapping[str, Node] | None = None) -> Node:
    """Return the tree of a phrase; raise `PhraseError` where it is not one."""
    return _Parser(text, classes or {}).parse()


def slots(text: str) -> list[str]:
    """Return the names of the slots that a phrase binds, in order."""
    return _SLOT_NAME.findall(text)


def sample(node: Node, turn: int = 0) -> str:
    """Return the words of one text that the phrase should find; another `turn` takes other options."""
    match node:
        case Word(text) | Prefix(text):
            return text
        case Gap(least, _):
            return " ".join(["thing"] * least)
        case Slot(_, inner) | Context(inner):
            return sample(inner, turn)
        case Either(options):
            return sample(options[turn % len(options)], turn)
        case Sequence(items):
            return " ".join(filter(None, (sample(item, turn) for item in items)))
    return ""


class _Parser:
    """A recursive-descent reader of one phrase."""

    def __init__(self, text: str, classes: Mapping[str, Node]) -> None:
        self.text = text
        self.classes = classes
        self.pieces = [*_TOKEN.findall(text), ""]
        self.at = 0
        self._refuse_stray()

    def _refuse_stray(self) -> None:
        stray = _TOKEN.sub("", self.text).strip()
        if stray:
            raise PhraseError(f"“{self.text}” has a stray “{stray[0]}”")

    def parse(self) -> Node:
        node = self._options("")
        if self.pieces[self.at]:
            raise PhraseError(f"“{self.text}” has a “{self.pieces[self.at]}” that nothing opened")
        items = node.items if isinstance(node, Sequence) else (node,)
        if any(isinstance(item, Context) for item in items[1:-1]):
            raise PhraseError(f"“{self.text}” has […] in the middle; it may stand only first or last")
        twice = [name for name, count in Counter(slots(self.text)).items() if count > 1]
        if twice:
            raise PhraseError(f"“{self.text}” binds the slot {{{twice[0]}}} twice; write it as two phrases")
        return node

    def _options(self, closer: str) -> Node:
        options = [self._sequence()]
        while self.pieces[self.at] == "|":
            self.at += 1
            options.append(self._sequence())
        if closer:
            if self.pieces[self.at] != closer:
                raise PhraseError(f"“{self.text}” lacks a closing “{closer}”")
            self.at += 1
        return options[0] if len(options) == 1 else Either(tuple(options))

    def _sequence(self) -> Node:
        items: list[Node] = []
        while (piece := self.pieces[self.at]) not in _CLOSING:
            self.at += 1
            items.append(self._opened(piece) if piece[0] in "([{@" else _plain(piece))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _opened(self, piece: str) -> Node:
        match piece[0]:
            case "(":
                return self._options(")")
            case "[":
                return Context(self._options("]"))
            case "{":
                return self._slot(piece)
        if piece[1:] not in self.classes:
            raise PhraseError(f"“{self.text}” names the unknown word class {piece}")
        return self.classes[piece[1:]]

    def _slot(self, piece: str) -> Node:
        match = _SLOT.fullmatch(piece)
        if not match:
            raise PhraseError(
                f"“{self.text}” has a slot “{piece}” that is not {{name}}, {{name:1-3}} or {{name:(a|b)}}"
            )
        name, inner = match.groups()
        counts = _RANGE.fullmatch(inner) if inner else None
        if counts:
            least = int(counts[1])
            most = int(counts[2] or counts[1])
            if not least <= most <= _LONGEST:
                raise PhraseError(f"“{self.text}” has a slot of {inner} words; {_LONGEST} is the most")
            return Slot(name, Gap(least, most))
        return Slot(name, parse(inner, self.classes) if inner else Gap(1, _LONGEST))


@cache
def _plain(piece: str) -> Node:
    """Return what a piece that opens nothing stands for."""
    match piece:
        case "^" | "$":
            return Edge(first=piece == "^")
        case "...":
            return Gap(0, 4)
    if piece.startswith("~"):
        return Either(tuple(Word(form) for form in forms(piece[1:].lower())))
    return Prefix(piece[:-1].lower()) if piece.endswith("*") and len(piece) > 1 else Word(piece)
