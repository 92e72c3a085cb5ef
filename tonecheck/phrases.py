"""The phrase engine: compile the phrases of all rules once, find all of them in one pass.

Every phrase has an anchor, the rarest words that it can't do without.  One walk over the words of a reply looks each
word up in a table of anchors, so that the cost does not grow with the number of phrases; only around the anchors that
are there is a phrase tried whole, as a regular expression over the words of that sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tonecheck import language
from tonecheck.expressions import Compiler, Words, chance, pattern
from tonecheck.grammar import Node, PhraseError, sample


_TRIES = 8


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: which one of its owner, and which words; `captures` are the words of its slots."""

    phrase: int
    first: int
    last: int
    captures: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase made ready: whose it is, its place among the owner's, and its tree."""

    owner: str
    index: int
    tree: Node


class PhraseBook:
    """All phrases of all owners (rules, guards, signals); build it once, use it from any thread."""

    def __init__(self, owners: Mapping[str, Iterable[Node]]) -> None:
        """Compile `owners`; raise `PhraseError` where a phrase has no word to look for."""
        self._phrases: list[_Phrase] = []
        self._anchors: dict[str, list[tuple[int, Words, list[int]]]] = {}
        self._compiled: dict[int, re.Pattern[str]] = {}
        compiler = Compiler()
        table: defaultdict[Words, list[int]] = defaultdict(list)
        for owner, nodes in owners.items():
            for index, node in enumerate(nodes):
                tree = compiler.normal(node)
                for anchor in compiler.anchors(tree):
                    table[anchor].append(len(self._phrases))
                self._phrases.append(_Phrase(owner, index, tree))
        for anchor, phrases in table.items():
            rarest = min(range(len(anchor)), key=lambda place: chance(anchor[place]))
            self._anchors.setdefault(anchor[rarest], []).append((rarest, anchor, phrases))

    def __len__(self) -> int:
        """Return the number of phrases."""
        return len(self._phrases)

    def __getstate__(self) -> dict[str, object]:
        """Leave out the compiled expressions, which cost more to read back than to make when needed."""
        return self.__dict__ | {"_compiled": {}}

    def scan(self, reading: language.Reading) -> Scan:
        """Look all anchors up in one pass over the words of `reading`."""
        table, words = self._anchors, reading.words
        near: dict[str, dict[int, dict[int, None]]] = {}
        for number, (first, last) in enumerate(reading.sentences):
            for at in range(first, last):
                found = table.get(words[at])
                if found is None:
                    continue
                for back, anchor, phrases in found:
                    start = at - back
                    if len(anchor) > 1 and (start < first or tuple(words[start : start + len(anchor)]) != anchor):
                        continue
                    for phrase in phrases:
                        near.setdefault(self._phrases[phrase].owner, {}).setdefault(number, {})[phrase] = None
        return Scan(self, reading, near)

    def _expression(self, phrase: int) -> re.Pattern[str]:
        compiled = self._compiled.get(phrase)
        if compiled is None:
            compiled = self._compiled[phrase] = re.compile(pattern(self._phrases[phrase].tree))
        return compiled

    def tried(self, phrase: int, reading: language.Reading, sentence: int) -> Iterator[Match]:
        """Yield the matches of one phrase within one sentence."""
        first, last = reading.sentences[sentence]
        end = reading.offsets[last - 1] + len(reading.words[last - 1]) + 3
        for found in self._expression(phrase).finditer(reading.line, reading.offsets[first] - 1, end):
            groups = {name: _words(reading, found.span(name)) for name in found.groupdict() if found[name]}
            whole = groups.pop("match")
            yield Match(self._phrases[phrase].index, *whole, groups)


@dataclass(frozen=True)
class Scan:
    """What one pass over a reading saw: by owner and sentence, the phrases whose anchors are there.

    They are tried whole only when somebody asks for their owner.
    """

    book: PhraseBook
    reading: language.Reading
    near: Mapping[str, Mapping[int, Iterable[int]]]
    _matches: dict[tuple[str, int], list[Match]] = field(default_factory=dict)

    def matches(self, owner: str) -> list[Match]:
        """Return the matches of an owner's phrases in the order of the text, the longest first."""
        return [match for sentence in self.near.get(owner, ()) for match in self.in_sentence(owner, sentence)]

    def in_sentence(self, owner: str, sentence: int) -> list[Match]:
        """Return the matches of an owner within one sentence."""
        near = self.near.get(owner)
        if near is None or sentence not in near:
            return []
        found = self._matches.get((owner, sentence))
        if found is None:
            found = [match for phrase in near[sentence] for match in self.book.tried(phrase, self.reading, sentence)]
            found.sort(key=lambda match: (match.first, -match.last, match.phrase))
            self._matches[owner, sentence] = found
        return found


def check(node: Node, text: str) -> None:
    """Raise `PhraseError` unless the phrase `node`, written as `text`, finds one of the texts that it should find."""
    book = PhraseBook({"": [node]})
    if not any(book.scan(language.read(sample(node, turn))).matches("") for turn in range(_TRIES)):
        raise PhraseError(f"“{text}” can't match any reply (tried “{sample(node)}”)")


def _words(reading: language.Reading, span: tuple[int, int]) -> tuple[int, int]:
    return reading.word_from(span[0]), reading.word_from(span[1])
