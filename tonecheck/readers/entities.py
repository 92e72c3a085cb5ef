"""Character references of HTML, which Markdown has too: `&amp;`, `&#8217;`."""

from __future__ import annotations

import html
import re
from html.entities import html5

REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{0,31};?)")
"""What looks like a character reference."""

_LONGEST_BARE = max(len(name) for name in html5 if not name.endswith(";"))


def decode(reference: str) -> tuple[str, int]:
    """Return the text of what `REFERENCE` matched, and how many characters it takes; "", 0 if it is none."""
    if reference[1] == "#":
        return html.unescape(reference), len(reference)
    if reference.endswith(";") and reference[1:] in html5:
        return html5[reference[1:]], len(reference)
    for end in range(min(len(reference), _LONGEST_BARE + 1), 2, -1):
        if reference[1:end] in html5:
            return html5[reference[1:end]], end
    return "", 0
