"""JSON Lines: one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial

from tonecheck.model import ReadError
from tonecheck.readers.cells import JsonString
from tonecheck.readers.rows import BadRow, Row

_SPACE = re.compile(r"[ \t\r\n]*")
_ONE_DOCUMENT = re.compile(r'\[|\{\s*(?:"(?:tickets|data|results|replies)"\s*:\s*\[|\Z)')
_DECODER = json.JSONDecoder()


def rows(lines: Iterable[str], *, name: str) -> Iterator[Row | BadRow]:
    """Yield the rows of a file; raise `ReadError` if it is one JSON document instead."""
    start, is_first = 0, True
    for number, line in enumerate(lines, 1):
        raw = line.rstrip("\r\n")
        if raw.strip():
            if is_first and _ONE_DOCUMENT.match(raw.strip()):
                raise ReadError(
                    f"{name}: this is one JSON document; write JSON Lines, one object a line, "
                    f"for instance with: jq -c '.[]' {name}",
                )
            is_first = False
            yield _row(raw, number, start, name)
        start += len(line)


def _row(raw: str, line: int, start: int, name: str) -> Row | BadRow:
    try:
        values = json.loads(raw)
    except json.JSONDecodeError as error:
        return BadRow(name, line, f"no JSON: {error.msg.removesuffix(' at')} at column {error.colno}")
    except (ValueError, RecursionError):
        return BadRow(name, line, "no JSON that can be read: a number too long or values nested too deep")
    if not isinstance(values, dict):
        return BadRow(name, line, 'not an object; a row is {"id": ..., "reply": ...}')
    return Row(line, start, raw, values, partial(_reply, raw, start))


def _reply(raw: str, start: int) -> JsonString:
    """Return where the reply stands in a row that is known to be an object with one."""
    found = (0, 0)
    at = _skip(raw, 0) + 1
    while raw[at := _skip(raw, at)] == '"':
        key, at = _DECODER.raw_decode(raw, at)
        value = _skip(raw, _skip(raw, at) + 1)
        _, at = _DECODER.raw_decode(raw, value)
        if key == "reply":
            found = (value + 1, at - 1)
        at = _skip(raw, at)
        if raw[at] != ",":
            break
        at += 1
    literal = raw[slice(*found)]
    return JsonString(start + found[0], literal, raw.isascii() and "\\u" in raw)


def _skip(raw: str, at: int) -> int:
    match = _SPACE.match(raw, at)
    return match.end() if match else at
