"""What no rule may look into: finds placeholders, links, code, history and signatures in readable text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tonecheck.draft import NOUN, STOP, Mask
from tonecheck.model import Span
from tonecheck.readers.history import find_history
from tonecheck.readers.placeholders import find_placeholders

# Every pattern of this package is linear in the text: inner lengths are bounded, and no quantifier holds
# another that could match the same characters.

_URL = re.compile(r"""(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>"`\ue000-\ue002]{1,2000}""", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w.@/-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,40}\.){1,4}(?:com|org|net|io|co\.uk)\b(?:/[^\s<>\"`]{0,500})?",
)
_EMAIL = re.compile(r"(?<![\w.+%'-])(?:mailto:)?[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z_]\w{1,30}\b(?![.@]\w)")
_INNER_DOT = re.compile(r"\.\w")
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)[^`\n]{1,300}(?<!`)\1(?!`)")
_CLOSERS = ".,;:!?)]}'’”*_"


def find_masks(text: str) -> tuple[Mask, ...]:
    """Return what is no prose of the reply, in order and without overlaps."""
    masks = [*find_history(text), *find_placeholders(text), *_references(text)]
    return settle(masks) if masks else ()


def settle(masks: Iterable[Mask]) -> tuple[Mask, ...]:
    """Return the masks in order; where two overlap, the one that starts first keeps the shared characters."""
    settled: list[Mask] = []
    at = 0
    for mask in sorted(masks, key=lambda mask: (mask.span.start, -mask.span.end)):
        span = Span(max(at, mask.span.start), mask.span.end)
        if span:
            settled.append(mask if span == mask.span else Mask(span, mask.kind))
            at = span.end
    return tuple(settled)


def _references(text: str) -> Iterator[Mask]:
    """Yield links, e-mail addresses, handles and inline code."""
    inner_dot = _INNER_DOT.search(text)
    if "/" in text or inner_dot:
        for match in _URL.finditer(text):
            shown = match.group().rstrip(_CLOSERS)
            yield Mask(Span(match.start(), match.start() + len(shown)), NOUN)
    if inner_dot:
        for match in _DOMAIN.finditer(text):
            shown = match.group().rstrip(_CLOSERS)
            yield Mask(Span(match.start(), match.start() + len(shown)), NOUN)
    if "@" in text:
        for pattern in (_EMAIL, _HANDLE):
            yield from (Mask(Span(*match.span()), NOUN) for match in pattern.finditer(text))
    if "`" in text:
        yield from (Mask(Span(*match.span()), NOUN) for match in _CODE.finditer(text))
        yield from _fences(text)


_FENCE = re.compile(r"^[ \t]*(```)[^`\n]*$", re.MULTILINE)


def _fences(text: str) -> Iterator[Mask]:
    """Yield the code between two fence lines, these included; a fence without a partner is prose."""
    fences = [match.span() for match in _FENCE.finditer(text)]
    for (start, _), (_, end) in zip(fences[::2], fences[1::2], strict=False):
        yield Mask(Span(start, end), STOP)
