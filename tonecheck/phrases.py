"""The phrase engine: compile the phrases of all rules once, find all of them in one pass.

Every phrase has an anchor, the rarest words that it can't do without.  One walk over the words of a reply looks each
word up in a table of anchors, so that the cost does not grow with the number of phrases; only around the anchors that
are there is a phrase tried whole, as a regular expression over the words of that sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tonecheck import language
from tonecheck.anchors import Anchors, chance
from tonecheck.expressions import Normalizer, pattern
from tonecheck.grammar import Node, PhraseError, parse, sample

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
    """A phrase: its place among the owner's, and its text."""

    index: int
    text: str


class PhraseBook:
    """All phrases of all owners (rules, guards, signals); build it once, use it from any thread."""

    def __init__(
        self,
        owners: Mapping[str, Iterable[str]],
        classes: Mapping[str, Node] | None = None,
        *,
        watched: Collection[str] = (),
        remembered: Mapping[str, list[str]] | None = None,
    ) -> None:
        """Compile the phrases of `owners`; of those in `watched` a scan says by itself where they may match.

        `remembered` holds the anchors of phrases as `anchors` of an earlier book did.  Raise `PhraseError` where a
        phrase is none, or has no word to look for.
        """
        self._classes = classes or {}
        self._phrases: list[_Phrase] = []
        self._compiled: dict[int, re.Pattern[str]] = {}
        self.anchors: dict[str, list[str]] = {}
        self.by_owner: dict[str, dict[int, list[int]]] = {}
        numbers: dict[str, int] = {}
        self._normalizer = Normalizer()
        weigher, known = Anchors(), remembered or {}
        for owner, texts in owners.items():
            by_anchor = self.by_owner.setdefault(owner, {})
            for index, text in enumerate(texts):
                anchors = known.get(text)
                if anchors is None:
                    tree = self._normalizer.normal(parse(text, self._classes))
                    try:
                        anchors = sorted(map(" ".join, weigher.of(tree)))
                    except PhraseError as error:
                        raise PhraseError(f"“{text}” can't be looked for: {error}") from None
                self.anchors[text] = anchors
                for anchor in anchors:
                    by_anchor.setdefault(numbers.setdefault(anchor, len(numbers)), []).append(len(self._phrases))
                self._phrases.append(_Phrase(index, text))
        self._table = _by_rarest_word(numbers)
        self._watchers: list[tuple[str, ...]] = [()] * len(numbers)
        for owner in watched:
            for number in self.by_owner.get(owner, ()):
                self._watchers[number] += (owner,)

    def __len__(self) -> int:
        """Return the number of phrases."""
        return len(self._phrases)

    def __getstate__(self) -> dict[str, object]:
        """Leave out the compiled expressions, which cost more to read back than to make when needed."""
        return self.__dict__ | {"_compiled": {}}

    def scan(self, reading: language.Reading) -> Scan:
        """Look all anchors up in one pass over the words of `reading`."""
        table, words = self._table, reading.words
        here: list[set[int]] = []
        near: dict[str, list[int]] = {}
        for number, (first, last) in enumerate(reading.sentences):
            found: set[int] = set()
            for at in range(first, last):
                for back, length, anchors in table.get(words[at], ()):
                    start = at - back
                    if start >= first:
                        anchor = anchors.get(" ".join(words[start : start + length]))
                        if anchor is not None:
                            found.add(anchor)
            here.append(found)
            for owner in {owner for anchor in found for owner in self._watchers[anchor]}:
                near.setdefault(owner, []).append(number)
        return Scan(self, reading, here, near)

    def _expression(self, phrase: int) -> re.Pattern[str]:
        compiled = self._compiled.get(phrase)
        if compiled is None:
            tree = self._normalizer.normal(parse(self._phrases[phrase].text, self._classes))
            compiled = self._compiled[phrase] = re.compile(pattern(tree))
        return compiled

    def tried(self, phrase: int, reading: language.Reading, sentence: int) -> Iterator[Match]:
        """Yield the matches of one phrase within one sentence."""
        first, last = reading.sentences[sentence]
        end = reading.offsets[last - 1] + len(reading.words[last - 1]) + 3
        for found in self._expression(phrase).finditer(reading.line, reading.offsets[first] - 1, end):
            groups = {name: _words(reading, found.span(name)) for name in found.groupdict() if found[name]}
            if "match" in groups:
                yield Match(self._phrases[phrase].index, *groups.pop("match"), groups)


@dataclass(frozen=True)
class Scan:
    """What one pass over a reading saw: which anchors each sentence has, and the sentences near each watched owner.

    Phrases are tried whole only when somebody asks for their owner.
    """

    book: PhraseBook
    reading: language.Reading
    anchors: list[set[int]]
    near: Mapping[str, list[int]]
    _matches: dict[tuple[str, int], list[Match]] = field(default_factory=dict)

    def matches(self, owner: str) -> list[Match]:
        """Return the matches of an owner's phrases in the order of the text, the longest first."""
        sentences = self.near.get(owner) or range(len(self.anchors))
        return [match for sentence in sentences for match in self.in_sentence(owner, sentence)]

    def in_sentence(self, owner: str, sentence: int) -> list[Match]:
        """Return the matches of an owner within one sentence."""
        if not 0 <= sentence < len(self.anchors):
            return []
        found = self._matches.get((owner, sentence))
        if found is None:
            by_anchor = self.book.by_owner.get(owner, {})
            phrases = {phrase for anchor in by_anchor.keys() & self.anchors[sentence] for phrase in by_anchor[anchor]}
            found = [match for phrase in phrases for match in self.book.tried(phrase, self.reading, sentence)]
            found.sort(key=lambda match: (match.first, -match.last, match.phrase))
            self._matches[owner, sentence] = found
        return found


def _by_rarest_word(numbers: Mapping[str, int]) -> dict[str, list[tuple[int, int, dict[str, int]]]]:
    """Return for each word the anchors of which it is the rarest, by its place in them, length and words."""
    shapes: dict[str, dict[tuple[int, int], dict[str, int]]] = {}
    for anchor, number in numbers.items():
        words = anchor.split(" ")
        chances = [chance(word) for word in words]
        rarest = chances.index(min(chances))
        shapes.setdefault(words[rarest], {}).setdefault((rarest, len(words)), {})[anchor] = number
    return {word: [(*shape, found) for shape, found in by_shape.items()] for word, by_shape in shapes.items()}


def check(text: str, classes: Mapping[str, Node]) -> None:
    """Raise `PhraseError` unless `text` is a phrase that finds one of the texts that it should find."""
    node, book = parse(text, classes), PhraseBook({"": [text]}, classes)
    if not any(book.scan(language.read(sample(node, turn))).matches("") for turn in range(_TRIES)):
        raise PhraseError(f"“{text}” can't match any reply (tried “{sample(node)}”)")


def _words(reading: language.Reading, span: tuple[int, int]) -> tuple[int, int]:
    return reading.word_from(span[0]), reading.word_from(span[1])
