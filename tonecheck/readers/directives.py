"""Comments that silence rules: `<!-- tonecheck: ignore blame -->`, and `off` ... `on`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tonecheck.draft import Suppression
from tonecheck.model import Span

_DIRECTIVE = re.compile(r"\s*tonecheck\s*:\s*(?P<body>.*)", re.DOTALL | re.IGNORECASE)
_SEPARATOR = re.compile(r"[\s,]+")
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_TEXT = re.compile(r"\S")
_ALL = ""


@dataclass(frozen=True, slots=True)
class Directive:
    """What a comment asks for: `body` at offset `place` of the readable text, `at` of the source."""

    body: str
    place: int
    at: int


def directive(comment: str, *, place: int, at: int) -> Directive | None:
    """Return the directive that a comment's content holds, or None for an ordinary comment."""
    match = _DIRECTIVE.match(comment)
    return Directive(match["body"].strip(), place, at) if match else None


def suppressions(directives: Iterable[Directive], text: str, line_of: Callable[[int], int]) -> tuple[Suppression, ...]:
    """Return what the directives silence in `text`; a malformed one has its words as target, and no span."""
    blocks = _blocks(text)
    found: list[Suppression] = []
    opened: dict[str, tuple[int, int]] = {}

    def close(target: str, end: int) -> None:
        start, line = opened.pop(target)
        found.append(Suppression(Span(start, end), (target,) if target else (), line))

    for item in directives:
        verb, *targets = _SEPARATOR.split(item.body)
        targets = [target for target in targets if target]
        line = line_of(item.at)
        match verb.lower():
            case "ignore":
                found.append(Suppression(_next_block(text, item.place, blocks), tuple(targets), line))
            case "off":
                for target in targets or [_ALL]:
                    opened.setdefault(target, (item.place, line))
            case "on":
                for target in targets or list(opened):
                    if target in opened:
                        close(target, item.place)
            case _:
                found.append(Suppression(Span(item.place, item.place), (item.body,), line))
    for target in list(opened):
        close(target, len(text))
    return tuple(sorted(found, key=lambda suppression: (suppression.span, suppression.line)))


def _blocks(text: str) -> list[Span]:
    """Return the stretches of text between blank lines."""
    blanks = [match.span() for match in _BLANK_LINES.finditer(text)]
    starts = [0, *(end for _, end in blanks)]
    ends = [*(start for start, _ in blanks), len(text)]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _next_block(text: str, place: int, blocks: Sequence[Span]) -> Span:
    """Return the text from the next word on to the end of its line."""
    following = bisect_right(blocks, place, key=lambda block: block.end)
    for block in blocks[following : following + 2]:
        first = _TEXT.search(text, max(place, block.start), block.end)
        if first:
            line_end = text.find("\n", first.start(), block.end)
            return Span(first.start(), block.end if line_end < 0 else line_end)
    return Span(len(text), len(text))
