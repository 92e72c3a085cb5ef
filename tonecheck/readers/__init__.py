"""Readers: each makes a draft of a source, with masks, suppressions and the way back for every character."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tonecheck.draft import Draft
from tonecheck.readers import html, markdown, text

_READERS: Mapping[str, Callable[..., Draft]] = MappingProxyType(
    {"text": text.read, "markdown": markdown.read, "html": html.read},
)

FORMATS = (*_READERS, "tickets")
"""The formats of a file; the drafts in a ticket file are each in one of the others."""

_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("", ".txt", ".text"), "text"),
        **dict.fromkeys((".md", ".markdown"), "markdown"),
        **dict.fromkeys((".html", ".htm"), "html"),
        **dict.fromkeys((".jsonl", ".ndjson", ".csv", ".tsv"), "tickets"),
    },
)


def format_of(path: Path | str) -> str | None:
    """Return the format that a file's suffix stands for, or None for a suffix that is not ours."""
    return _SUFFIXES.get(Path(path).suffix.lower())


def read(
    source: str,
    *,
    format: str = "text",  # noqa: A002  the name that callers of the library use
    name: str = "",
    customer: str | None = None,
    channel: str | None = None,
) -> Draft:
    """Return the draft of `source`: text, markdown or html; raise `ValueError` for another format."""
    try:
        reader = _READERS[format]
    except KeyError:
        raise ValueError(f"{format!r} is none of {', '.join(_READERS)}") from None
    return reader(source, name=name, customer=customer, channel=channel)
