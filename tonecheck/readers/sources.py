"""Bytes to text and back, without a byte changed that nobody edited."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tonecheck.model import ReadError

MAX_BYTES = 10_000_000
"""The most that one draft, or one row of a ticket file, may have."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNICODE = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_BINARIES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office or Outlook file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
)
_SAMPLE = 2000
_MOSTLY = 0.7
_C1_CONTROLS = range(0x80, 0xA0)


@dataclass(frozen=True, slots=True)
class Source:
    """A text and how it was written; `bom` are the bytes before it."""

    text: str
    encoding: str = "utf-8"
    bom: bytes = b""
    name: str = ""

    def encode(self, text: str) -> bytes:
        """Return the bytes of a file with `text`; raise `ReadError` for a character the encoding lacks."""
        try:
            return self.bom + text.encode(self.encoding, _errors(self.encoding))
        except UnicodeEncodeError as error:
            raise ReadError(
                f"{self.name}: {self.encoding} has no {text[error.start]!r}; save the file as UTF-8.",
            ) from None


def decode(data: bytes, name: str, *, encoding: str | None = None, limit: int | None = MAX_BYTES) -> Source:
    """Return the text of a file's bytes, line ends as they are; raise `ReadError` for what is no text.

    Without `encoding` it is UTF-8, or UTF-16 or UTF-32 that says so.  `limit` is in bytes.
    """
    if limit is not None and len(data) > limit:
        raise ReadError(_too_long(name, limit))
    found, bom = _detect(data, name, encoding)
    try:
        text = data[len(bom) :].decode(found, _errors(found))
    except UnicodeDecodeError as error:
        line = 1 + error.object.count(b"\n", 0, error.start)
        raise ReadError(_wrong_byte(name, line, error)) from None
    if "\0" in text:
        raise ReadError(_binary(name, f"a NUL in line {1 + text.count(chr(10), 0, text.index(chr(0)))}"))
    return Source(text, found, bom, name)


def read_lines(stream: BinaryIO, name: str, *, encoding: str | None = None) -> Iterator[str]:
    """Yield the lines of a file, each with its line end, without reading all of it; a lone CR ends none."""
    raw = stream.readline(MAX_BYTES + 1)
    found, bom = _detect(raw, name, encoding)
    decoder = codecs.getincrementaldecoder(found)(_errors(found))
    raw = raw[len(bom) :]
    pending, number = "", 1
    while raw:
        try:
            pending += decoder.decode(raw)
        except UnicodeDecodeError as error:
            raise ReadError(_wrong_byte(name, number, error)) from None
        if len(pending) > MAX_BYTES:
            raise ReadError(_too_long(f"{name}: line {number}", MAX_BYTES))
        if "\0" in pending:
            raise ReadError(_binary(name, f"a NUL in line {number}"))
        *lines, pending = pending.split("\n")
        for line in lines:
            number += 1
            yield line + "\n"
        raw = stream.readline(MAX_BYTES + 1)
    try:
        pending += decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ReadError(_wrong_byte(name, number, error)) from None
    if pending:
        yield pending


def _detect(data: bytes, name: str, encoding: str | None) -> tuple[str, bytes]:
    """Return codec and byte order mark; raise `ReadError` for a binary file or an unknown codec."""
    marked = next(((codec, bom) for bom, codec in _BOMS if data.startswith(bom)), None)
    if encoding is None:
        if marked:
            return marked
        kind = next((kind for magic, kind in _BINARIES if data.startswith(magic)), None)
        if kind:
            raise ReadError(_binary(name, kind))
        return _unmarked_utf16(data) or "utf-8", b""
    try:
        codec = codecs.lookup(encoding).name
        "".encode(codec)
    except LookupError:
        raise ReadError(f"{name}: {encoding!r} is no text encoding; try utf-8, utf-16, cp1252 or latin-1.") from None
    if marked and (codec in _UNICODE or codec == marked[0]):
        return marked
    return _UNICODE.get(codec, codec), b""


def _unmarked_utf16(data: bytes) -> str | None:
    """Return the UTF-16 codec where every second byte, and hardly any other, is NUL."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if half and not even and odd >= _MOSTLY * half:
        return "utf-16-le"
    return "utf-16-be" if half and not odd and even >= _MOSTLY * half else None


def _errors(codec: str) -> str:
    # UTF-16 on Windows, and text out of JSON, may hold half a surrogate pair.
    return "surrogatepass" if codec.startswith(("utf-16", "utf-32")) else "strict"


def _wrong_byte(name: str, line: int, error: UnicodeDecodeError) -> str:
    byte = error.object[error.start] if error.start < len(error.object) else 0
    if not error.encoding.startswith("utf"):
        wrong = f"line {line} holds the byte 0x{byte:02x}, which is not {error.encoding}"
        return f"{name}: {wrong}; save the file as UTF-8."
    other = "cp1252" if byte in _C1_CONTROLS else "latin-1"
    return (
        f"{name}: line {line} holds the byte 0x{byte:02x}, which is not {error.encoding.upper()} there; "
        f"save the file as UTF-8 or pass --encoding {other}."
    )


def _binary(name: str, kind: str) -> str:
    return f"{name}: this is no text ({kind}); save it as plain text, Markdown or HTML."


def _too_long(name: str, limit: int) -> str:
    return f"{name}: longer than {limit:,} bytes; for many replies use a ticket file (.jsonl, .csv)."
