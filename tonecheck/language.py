"""The only module that knows spaCy and VADER: words, sentences and mood.

Both libraries are imported when first needed, so that listing rules costs no second of start-up.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from tonecheck.draft import GAP, NOUN, STOP
from tonecheck.model import Span
from tonecheck.norms import NORMS

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

_ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!?"})
_CLOSERS = frozenset({'"', "'", ")", "]", "''", "*", "_", *_ENDS})
_OATH = "\ue003"
_CENSORED = re.compile(r"(?<![\w*])(?P<start>[A-Za-z]{1,2})(?P<stars>\*{2,6})(?P<rest>[a-z]{0,4})(?![\w*])")
_OATHS = {"f": "fuck", "s": "shit", "b": "bullshit", "c": "crap", "d": "damn", "a": "ass", "h": "hell", "p": "piss"}
_BLOTS = str.maketrans({GAP: " ", STOP: "\n"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENDLESS = re.compile(r"(?<!\S)\S{100,}")
_CONTRACTION = re.compile(r"([a-z]+?)(n['’`]t|['’`](?:m|re|ve|ll|d|s))")
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "t": "not"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_LONGEST = 160
"""The most words of a sentence; one that goes on is cut, so that no rule's work grows with the square of a text."""
_RUN_TOGETHER = (("that", "s", "'s"), ("what", "s", "'s"), ("here", "s", "'s"), ("there", "s", "'s"), ("i", "m", "am"))
"""Written without an apostrophe, where spaCy's own normal form is another word or a lone letter."""
_OWN_FORM = {"did": "did", "had": "had", "'ve": "have", "’ve": "have"}
"""Parts of contractions whose normal form in spaCy is that of another tense, or none."""


@dataclass(frozen=True)
class Reading:
    """A text as words and sentences.

    `words` are in normal form (lower case, contractions opened: "can't" is `can`, `not`); word `i` stands at
    `starts[i]` to `ends[i]` of the text.  `sentences` are half-open ranges of words.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]

    @cached_property
    def line(self) -> str:
        """All words in one string: a space on both sides of each, a newline between sentences."""
        return "".join("\n " + " ".join(self.words[first:last]) + " " for first, last in self.sentences) + "\n"

    @cached_property
    def offsets(self) -> list[int]:
        """Where each word, with the space before it, starts in `line`."""
        offsets: list[int] = []
        at = 1
        for first, last in self.sentences:
            lengths = [len(word) + 1 for word in self.words[first:last]]
            offsets += accumulate(lengths[:-1], initial=at)
            at = offsets[-1] + lengths[-1] + 2
        return offsets

    def span(self, first: int, last: int) -> Span:
        """Return where words `first` up to `last` (exclusive) stand in the text."""
        return Span(self.starts[first], self.ends[last - 1])

    def sentence_at(self, word: int) -> int:
        """Return the number of the sentence that holds `word`."""
        return bisect_right(self.sentences, (word, len(self.words))) - 1

    def word_at(self, offset: int) -> int:
        """Return the number of the word that stands at `offset` of the text, or the last one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sentence_span(self, number: int) -> Span:
        """Return where a sentence stands in the text."""
        return self.span(*self.sentences[number])

    def word_from(self, offset: int) -> int:
        """Return the number of the word that starts at `offset` of `line`, or the next one."""
        return bisect_left(self.offsets, offset)


def _expand(norm: str) -> tuple[str, ...]:
    """Return the words that one token of spaCy stands for."""
    norm = norm.lower()
    if norm in NORMS:
        return NORMS[norm]
    if norm.isspace():
        return ()
    if NOUN in norm:
        return (NOUN,)
    if _OATH in norm:
        return (_OATHS.get(norm[0], "damn") + ("ing" if norm.endswith("ing") else ""),)
    match = _CONTRACTION.fullmatch(norm)
    if match:
        stem, ending = match[1], re.split("['’`]", match[2])[1]
        return (*_expand(_STEMS.get(stem, stem)), _ENDINGS.get(ending, f"'{ending}"))
    return (norm.replace("’", "'"),)


class _Words(dict[int, tuple[str, ...]]):
    """From the key of spaCy's normal form to words, filled as keys are met."""

    def __missing__(self, key: int) -> tuple[str, ...]:
        words = _expand(_tokenizer().vocab.strings[key])
        self[key] = words
        return words


_WORDS = _Words()


@cache
def _tokenizer() -> Tokenizer:
    """Return spaCy's English tokeniser, with the contractions it leaves whole opened."""
    import spacy  # noqa: PLC0415 - a second of start-up that only reading needs
    from spacy.symbols import NORM, ORTH  # noqa: PLC0415

    tokenizer: Tokenizer = spacy.blank("en").tokenizer
    for whole, parts in list(tokenizer.rules.items()):
        if any(part[ORTH].lower() in _OWN_FORM for part in parts):
            mended = [
                part | {NORM: _OWN_FORM.get(part[ORTH].lower(), part.get(NORM, part[ORTH].lower()))} for part in parts
            ]
            tokenizer.add_special_case(whole, mended)
    for stem, rest, ending in _RUN_TOGETHER:
        for first in (stem, stem.capitalize()):
            tokenizer.add_special_case(first + rest, [{ORTH: first, NORM: stem}, {ORTH: rest, NORM: ending}])
    return tokenizer


def _readable(text: str) -> str:
    """Return `text`, length kept, without what spaCy can't take, and with a censored oath as one word."""
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text.translate(_BLOTS))
    if "**" in text:
        text = _CENSORED.sub(lambda oath: oath["start"] + _OATH * len(oath["stars"]) + oath["rest"], text)
    return _ENDLESS.sub(lambda match: NOUN * len(match[0]), text)


def read(text: str) -> Reading:
    """Split a text into words and sentences; masked characters may stand in it (see `draft`)."""
    from spacy.attrs import LENGTH, NORM, SPACY  # noqa: PLC0415

    text = _readable(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks = [0]
    at = 0
    ended = False
    for key, length, space in _tokenizer()(text).to_array([NORM, LENGTH, SPACY]).tolist():
        found = _WORDS[key]
        if found:
            if (ended and found[0] not in _CLOSERS) or len(words) - breaks[-1] >= _LONGEST:
                breaks.append(len(words))
                ended = False
            words += found
            starts += [at] * len(found)
            ends += [at + length] * len(found)
            if found[0] in _ENDS:
                ended = True
        elif "\n" in text[at : at + length] and _divides(text, at, length):
            ended = True
        at += length + space
    sentences = [(first, last) for first, last in pairwise([*breaks, len(words)]) if first < last]
    return Reading(text, words, starts, ends, sentences)


def _divides(text: str, at: int, length: int) -> bool:
    """Return whether the white space at `at` ends a sentence, or only wraps a line of it."""
    return text.count("\n", at, at + length) > 1 or not text[at + length : at + length + 1].islower()


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in normal form."""
    return tuple(read(text).words)


@cache
def _vader() -> object:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415

    return SentimentIntensityAnalyzer()


def mood(text: str) -> float:
    """Return VADER's compound score of a text, from -1 (bitter) to 1 (delighted)."""
    score: float = _vader().polarity_scores(text)["compound"]  # type: ignore[attr-defined]
    return score
