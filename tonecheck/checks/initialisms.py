"""Initialisms that the customer may never have met, such as “the NOC” or “your MPAN”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tonecheck.exchange import Exchange
from tonecheck.model import Hit, Span

_INITIALISM = re.compile(
    r"(?<![\w&/.@#*_+<\[{’'-])([A-Z]{2,4}|[B-DF-HJ-NP-TV-XZ]{5,6})(s?)"
    r"(?![\w&/@*_+>\]}]|-[\dA-Z]|\.\w|[’'](?!s\b))",
)
"""Two to four capitals, or up to six without a vowel (so no shouted word), perhaps in the plural.

They are no part of a code, of a name in capitals or of a placeholder.
"""
_ROMAN = re.compile(r"X{0,3}(?:I{1,3}|I?[VX]|VI{0,3})")
_CAPITALS_BEFORE = re.compile(r"(?:^|[^\w])[A-Z][A-Z’'-]+[ \t]+$")
_CAPITALS_AFTER = re.compile(r"[ \t]+[A-Z][A-Z’'-]+(?!\w)")
_NAME_AFTER = re.compile(r"[ \t]+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|I\b)(?:[A-Z][\w’']*[a-z]|[#*]?\d)")
_CODE_BEFORE = re.compile(r"(?:[A-Z]+\d|\d+[A-Z])\w*[ \t]+$")
_TYPED = re.compile(
    r"\b(?:repl(?:y|ies)|text|types?|typed|enter|press|tap|click|hit|select|choose|pick|hold|says|say|saying|shows|reads?|marked"
    r"|labell?ed|called|named|titled|headed|menu|button|option|column|field|box|tab|key|sign|word|password|username|mode"
    r"|back to|(?:start|begin|end)(?:s|ing)? (?:with|in)|filed under|the letters?)"
    r"(?: on| to| the word| with| in| as)?[ \t]+(?:[A-Z]{2,}(?:,)?[ \t]+(?:(?:and|or|then)[ \t]+))?$",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"\b[A-Z][a-z]+,[ \t]*$|\b(?:from|via)[ \t]+(?:[A-Z]{3}[ \t]+to[ \t]+)?$")
_QUOTES = "\"“”‘’«»'`"
_SMALL = frozenset({"and", "of", "the", "for", "at", "on", "behalf", "in", "from"})
_LONGEST_SIGNATURE = 6
"""The most words of a line that can be a name, a department or a heading."""


def unexplained_initialism(
    exchange: Exchange, *, everyday: frozenset[str] = frozenset(), meanings: tuple[str, ...] = ()
) -> Iterator[Hit]:
    """Yield the first use of each initialism that is not one of `everyday`.

    An entry of `meanings`, such as “POS = till”, gives the plain words.  Codes, names of products, keys and
    buttons, words in capitals among others, and lines that only name somebody are no initialisms here.
    """
    text = exchange.draft.masked
    plain = _plain_words(meanings)
    seen: set[str] = set()
    for found in _INITIALISM.finditer(text):
        letters = found[1]
        if letters in everyday or letters in seen or _ROMAN.fullmatch(letters):
            continue
        if _is_name_or_code(text, found) or _stands_alone(text, found):
            continue
        seen.add(letters)
        yield Hit(Span(*found.span()), says=(plain.get(letters, f"<plain words> ({found[0]})"),))


@cache
def _plain_words(meanings: tuple[str, ...]) -> dict[str, str]:
    return dict(entry.split(" = ", 1) for entry in meanings if " = " in entry)


def _is_name_or_code(text: str, found: re.Match[str]) -> bool:
    """Return whether the words around it make it a code, a name, a key to press or one of several loud words."""
    before, after = text[max(0, found.start() - 40) : found.start()], found.end()
    if before[-1:] in _QUOTES and before and text[after : after + 1] in _QUOTES:
        return True
    if any(pattern.search(before) for pattern in (_CAPITALS_BEFORE, _CODE_BEFORE, _TYPED)):
        return True
    if _CAPITALS_AFTER.match(text, after) or _NAME_AFTER.match(text, after):
        return True
    if len(found[1]) == len("IE") and before.rstrip(" \t")[-1:].isdigit():
        return True
    return len(found[1]) <= len("LHR") and _PLACE_BEFORE.search(before) is not None


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """Return whether its line is a signature, a department or a heading: few words, capitals, no full stop."""
    start = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    line = text[start : len(text) if end < 0 else end].strip(" \t-–—*#_~|")
    words = re.findall(r"[\w&’'-]+", line)
    if "\n" not in text or len(words) > _LONGEST_SIGNATURE or line.endswith((".", "?", "!")):
        return False
    return all(not word[0].islower() or word in _SMALL for word in words)
