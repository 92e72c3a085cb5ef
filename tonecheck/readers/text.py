"""Plain text: what is written is what is read."""

from __future__ import annotations

import re
from dataclasses import replace

from tonecheck.draft import STOP, Draft, Mask
from tonecheck.model import Span
from tonecheck.readers.directives import directive, suppressions
from tonecheck.readers.masks import find_masks, settle

_COMMENT = re.compile(r"<!--([^<>]{0,1000}?)-->")


def read(source: str, *, name: str = "", customer: str | None = None, channel: str | None = None) -> Draft:
    """Return the draft of a plain text."""
    draft = Draft(name, source, source, masks=find_masks(source), customer=customer, channel=channel)
    return _obey_comments(draft) if "<!--" in source else draft


def _obey_comments(draft: Draft) -> Draft:
    """Return `draft` with its `<!-- tonecheck: ... -->` comments masked and obeyed; others are text."""
    found = [
        (Mask(Span(*match.span()), STOP), ours)
        for match in _COMMENT.finditer(draft.text)
        if (ours := directive(match[1], place=match.end(), at=match.start()))
    ]
    return replace(
        draft,
        masks=settle([*(mask for mask, _ in found), *draft.masks]),
        suppressions=suppressions([ours for _, ours in found], draft.text, lambda at: draft.line_column(at)[0]),
    )
