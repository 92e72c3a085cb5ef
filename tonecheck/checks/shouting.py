"""Words in capitals, and punctuation repeated, for force."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterator
from functools import cache

from tonecheck.exchange import Exchange
from tonecheck.model import Hit, Span

_CAPITALS = re.compile(r"(?<![\w'’.&/@#\[{<-])[A-Z][A-Z'’]*(?:(?:[ \t]+|-)[A-Z][A-Z'’]*)*(?![\w&/@\]}>]|-\w)")
_WORD = re.compile(r"[A-Z][A-Z'’]*")
_INITIALISM = 4
"""The most letters that an initialism is taken to have."""
_EMPHATIC = 3
"""The fewest letters of a single word that is taken as shouted; “I am SO happy” is not."""
_LITTLE = "A AN AS AT BE BY DO GO HE IF IN IS IT ME MY NO OF ON OR SO TO UP US WE"
"""Words that are loud among loud ones, though alone they could be initialisms."""
_MIXED = re.compile(r"[A-Z]{2}")
"""What is left of a run that is calm but for words that may be initialisms; a person must say which."""
_HEADING = 6
"""The most words of a line in capitals that is taken as a heading."""
_ADVERB = 6
"""The fewest letters of a word on -LY that is taken as an adverb, listed or not."""
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_ENDINGS = (
    *((ending, "") for ending in ("s", "es", "ed", "ing", "ly", "n't", "'s", "'re")),
    *((ending, "e") for ending in ("ed", "ing")),
)
_NAMES = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name)) - {"may", "march", ""}
_LINKS = re.compile(r"[\s\"“”'‘’(*_]*$")
_SET_TO = re.compile(r"\b(?:turn|set|switch|move|slide|change)\b[^.!?\n]{0,40}\bto\s*$", re.IGNORECASE)
_DETERMINED = re.compile(r"\b(?:the|an?|your|our|this|that|its|my)(?: \w+){0,2}$", re.IGNORECASE)
_CODE = re.compile(r" [A-Z]{1,5}-?\d")
_ENDS = re.compile(r"[.!?\n]")
_MARK = "[!?‼⁉❗❕❓！？]"
_REPEATED = re.compile(
    rf"(?:(?<!\s)|(?=[^!?])|(?=[!?] ))(?:{_MARK}(?:[ \t\ufe0f]?{_MARK}|1(?=[!1]))+|[‼⁉])\ufe0f?(?![a-z0-9])",
)
"""Marks in a row; two after a blank are the name of a sign (“?? stands for any letter”)."""


def emphatic_capitals(  # noqa: PLR0913 - word lists by keyword
    exchange: Exchange,
    *,
    words: frozenset[str] = frozenset(),
    names: tuple[str, ...] = (),
    things: tuple[str, ...] = (),
    firms: frozenset[str] = frozenset(),
    orders: frozenset[str] = frozenset(),
    alerts: frozenset[str] = frozenset(),
) -> Iterator[Hit]:
    """Yield runs of words in capitals in which at least one of `words`, in lower case, or a form of one, stands.

    Those are everyday words, never initialisms; a run is reported without the codes and the lone letters at its ends.
    A run is let pass as the name of something after one of `names` or before one of `things` (a button, a sign, a code
    word), with one of `firms` in it, and as a heading unless it holds one of `orders` or, before a colon, `alerts`.
    """
    text = exchange.draft.masked
    runs = list(_CAPITALS.finditer(text))
    if not runs:
        return
    before, after = _beside(names, things)
    spared = None
    for run in runs:
        if _is_name(text, run, before, after) or (spared and not _ENDS.search(text, spared.end(), run.start())):
            spared = run
            continue
        found = list(_WORD.finditer(text, *run.span()))
        plain = [_plain(word[0]) for word in found]
        loud = [word for word, low in zip(found, plain, strict=True) if _is_everyday(low, words)]
        if len(found) > 1 and all(len(letter) == 1 for letter in plain) and "".join(plain) in words:
            loud = found
        if len(found) == 1 and len(found[0][0]) < _EMPHATIC:
            continue
        if not loud or not {*plain}.isdisjoint(firms) or _is_heading(text, run, orders, orders | alerts):
            continue
        first, last = _trimmed(found, loud)
        span = Span(first.start(), last.end())
        calm = _calm(text[span.start : span.end], loud)
        yield Hit(span, says=() if _MIXED.search(calm) else (calm,))


def _plain(word: str) -> str:
    """Return a word in lower case, without a drawn-out letter: SORRYYY is sorry."""
    return _DRAWN_OUT.sub(r"\1", word.lower().replace("’", "'").strip("'"))


def _is_everyday(word: str, everyday: Collection[str]) -> bool:
    """Return whether a word in lower case is one of `everyday`, a form of one, or an adverb."""
    if word in everyday or (word.endswith("ly") and len(word) >= _ADVERB):
        return True
    stems = (word.removesuffix(ending) + rest for ending, rest in _ENDINGS if word.endswith(ending))
    return len(word) > _INITIALISM and any(stem in everyday for stem in stems)


@cache
def _beside(names: tuple[str, ...], things: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before and what stands after capitals that only name something."""
    before, after = ("|".join(map(re.escape, some)) for some in (names, things))
    return (
        re.compile(rf"\b(?:{before})(?: (?:on|the|to|and|or|as|in))*$" if before else "(?!)", re.IGNORECASE),
        re.compile(rf"[\"”'’)]?,? (?:{after})\b" if after else "(?!)", re.IGNORECASE),
    )


def _is_name(text: str, run: re.Match[str], before: re.Pattern[str], after: re.Pattern[str]) -> bool:
    """Return whether a run names something by the words around it: “press RESET”, “the EXIT sign”, “set it to HEAT”."""
    lead = _LINKS.sub("", text[max(0, run.start() - 60) : run.start()])
    if after.match(text, run.end()) and _DETERMINED.search(lead):
        return True
    return bool(before.search(lead) or _SET_TO.search(lead) or _CODE.match(text, run.end()))


def _calm(words: str, loud: list[re.Match[str]]) -> str:
    """Return the words without the force: those that are initialisms keep their capitals."""
    everyday = {word[0] for word in loud} - {"I"}

    def calm(word: re.Match[str]) -> str:
        if word[0] not in everyday and len(word[0]) <= _INITIALISM and word[0] not in _LITTLE.split():
            return word[0]
        low = _plain(word[0])
        if low in _NAMES or re.match(r"i(?:'|$)", low):
            return low.capitalize()
        return low if _DRAWN_OUT.search(word[0].lower()) else word[0].lower()

    return _WORD.sub(calm, words)


def _trimmed(found: list[re.Match[str]], loud: list[re.Match[str]]) -> tuple[re.Match[str], re.Match[str]]:
    """Return the first and last word of a run, without codes and lone letters outside the loud ones."""
    first, last = found.index(loud[0]), found.index(loud[-1])
    while first and len(found[first - 1][0]) > 1:
        first -= 1
    while last + 1 < len(found) and len(found[last + 1][0]) > 1:
        last += 1
    return found[first], found[last]


def _is_heading(text: str, run: re.Match[str], orders: frozenset[str], alerts: frozenset[str]) -> bool:
    """Return whether the words are a line of their own with text below it, or open a line and end in a colon."""
    words = {_plain(word) for word in _WORD.findall(run[0])}
    line_start = text.rfind("\n", 0, run.start()) + 1
    if text[line_start : run.start()].strip(" \t-–—#*•"):
        return False
    if text.startswith(":", run.end()) and len(run[0].split()) <= _HEADING:
        return words.isdisjoint(alerts)
    line_end = text.find("\n", run.end())
    if line_end < 0 or not text[line_end:].strip() or text[run.end() : line_end].strip(" \t-–—#*:"):
        return False
    return len(run[0].split()) <= _HEADING and words.isdisjoint(orders)


def repeated_punctuation(exchange: Exchange) -> Iterator[Hit]:
    """Yield “!!”, “??”, “?!” and the like, also where they are written as one sign or with a 1 in between."""
    for match in _REPEATED.finditer(exchange.draft.masked):
        asks = re.search("[?⁉❓？]", match[0])
        yield Hit(Span(*match.span()), says=("?" if asks else "!",))
