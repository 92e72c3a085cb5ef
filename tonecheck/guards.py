"""Guards that need code; rule files name them in `unless` and `when` as they name those of `guards.yaml`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tonecheck.exchange import Exchange
from tonecheck.model import Span

Judge = Callable[[Exchange, Span], bool]
"""`judge(exchange, span)` says whether the words at a range of the readable text stand in such a context."""

_QUOTED = re.compile(r'“[^“”\n]{0,200}”|"[^"\n]{0,200}"|«[^«»\n]{0,200}»|(?<!\w)‘[^‘’\n]{3,200}’(?!\w)')
_EXPLAINED_AFTER = re.compile(
    r"\W{0,2}\s*(?:"
    r"\(\s*(?![^()]{0,40}\d{3})[^()]{3,120}\)"
    r"|,? ?(?:which (?:means|is|stands for)|that is|i\.e\.|meaning|or,? in plain|(?:is )?short for)\b"
    r"|(?: is| (?:just |simply |only )?means| stands for|:| =) (?:the|a|an|our|your|that|how|what|when)\b)",
)
_APPOSITION = re.compile(r", (?:the|a|an|our|your) [^,.;!?\n]{3,80}[,.;)]")
_INITIALISM = re.compile(r"[A-Z].*[A-Z]")
_EXPLAINED_BEFORE = re.compile(r"\w{3,}[^.!?\n()]{0,60}\(\s*$")


def quoted(exchange: Exchange, span: Span) -> bool:
    """Return whether the words stand within quotation marks, with others."""
    ranges = exchange.once("quoted", lambda: [Span(*match.span()) for match in _QUOTED.finditer(exchange.draft.masked)])
    place = bisect_left(ranges, span.start, key=lambda quotation: quotation.start) - 1
    return place >= 0 and span.end < ranges[place].end


def explained(exchange: Exchange, span: Span) -> bool:
    """Return whether the reply explains the words wherever it uses them, beside them or in brackets."""
    words = exchange.draft.masked[span.start : span.end].casefold()
    return exchange.once(("explained", words), lambda: _explained_somewhere(exchange.draft.masked, words))


def _explained_somewhere(text: str, words: str) -> bool:
    uses = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
    return any(_explained_at(text, use.start(), use.end()) for use in uses.finditer(text))


def _explained_at(text: str, start: int, end: int) -> bool:
    if _EXPLAINED_AFTER.match(text, end) or (_INITIALISM.search(text, start, end) and _APPOSITION.match(text, end)):
        return True
    return text[end : end + 1] == ")" and bool(_EXPLAINED_BEFORE.search(text[max(0, start - 80) : start]))


def customers_word(exchange: Exchange, span: Span) -> bool:
    """Return whether the customer's message has the same words."""
    if not exchange.draft.customer:
        return False
    words = re.escape(exchange.draft.text[span.start : span.end])
    return re.search(rf"(?<!\w){words}(?:s|es)?(?!\w)", exchange.draft.customer, re.IGNORECASE) is not None


def known(exchange: Exchange, span: Span) -> bool:
    """Return whether the configuration says that this team's customers know the words."""
    return exchange.draft.text[span.start : span.end].casefold() in exchange.known


JUDGES: Mapping[str, Judge] = MappingProxyType(
    {"quoted": quoted, "explained": explained, "customers-word": customers_word, "known": known},
)
