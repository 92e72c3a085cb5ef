"""Words on a terminal: styled or plain, in columns, with nothing in them that could steer the terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from tonecheck.model import Severity

Piece = tuple[str, str]
"""A text and its style, a rich style such as `bold red`, or empty."""

LEVELS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.SUGGESTION: "cyan"}
QUIET = "dim"
WIDTH = 100

_TAB = "    "
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_DELETE = 0x7F
_FIRST_PRINTABLE = 0x20


def painted(pieces: Iterable[Piece], *, color: bool) -> str:
    """Return the pieces as one text, with the escape codes of their styles if `color`."""
    return "".join(_ansi(text, style) if color and style and text else text for text, style in pieces)


def _ansi(text: str, style: str) -> str:
    from rich.color import ColorSystem  # noqa: PLC0415 - a plain run needs no rich
    from rich.style import Style  # noqa: PLC0415

    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)


def visible(text: str) -> str:
    """Return `text` in one line: tabs as blanks, other characters that steer a terminal as pictures of themselves."""
    return text if text.isprintable() else _CONTROL.sub(_picture, text.replace("\t", _TAB))


def _picture(control: re.Match[str]) -> str:
    code = ord(control[0])
    if code < _FIRST_PRINTABLE:
        return chr(0x2400 + code)
    return "␡" if code == _DELETE else "�"


def cells(text: str) -> int:
    """Return how many columns a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415 - most replies are ASCII

    return cell_len(text)


def first_cells(text: str, columns: int) -> str:
    """Return the beginning of a text that fits into so many columns."""
    if cells(text) <= columns:
        return text
    used = 0
    for place, character in enumerate(text):
        used += cells(character)
        if used > columns:
            return text[:place]
    return text


def last_cells(text: str, columns: int) -> str:
    """Return the end of a text that fits into so many columns; it starts with no combining mark."""
    if cells(text) <= columns:
        return text
    used, start = 0, len(text)
    for place in range(len(text) - 1, -1, -1):
        width = cells(text[place])
        used += width
        if used > columns:
            break
        start = place if width else start
    return text[start:]


def wrapped(text: str, indent: str) -> list[str]:
    """Return a paragraph as indented lines of at most `WIDTH` columns."""
    return textwrap.wrap(
        visible(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
