"""Match paths against globs: `*.md`, `macros/**`, `drafts/?.html`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath

_WILD = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]+\]")
_MEANING = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(pattern: str, path: PurePath, root: PurePath) -> bool:
    """Return whether `pattern` fits an absolute path or a folder that holds it.

    A pattern with a slash counts from `root`, one that starts with a slash from the top of the disk, and one without
    any fits a name at any depth.
    """
    absolute = PurePath(pattern).is_absolute()
    where = path if absolute or not path.is_relative_to(root) else path.relative_to(root)
    regex = _regex(pattern)
    return any(regex.fullmatch(step.as_posix()) for step in (where, *where.parents))


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    wanted = pattern.rstrip("/")
    wanted = wanted.removeprefix("./") if "/" in wanted else f"**/{wanted}"
    pieces: list[str] = []
    at = 0
    for wild in _WILD.finditer(wanted):
        pieces += (re.escape(wanted[at : wild.start()]), _MEANING.get(wild[0]) or _letters(wild[0]))
        at = wild.end()
    try:
        return re.compile("".join((*pieces, re.escape(wanted[at:]))), re.DOTALL)
    except re.error:  # a range such as [z-a]
        return re.compile(re.escape(pattern))


def _letters(choice: str) -> str:
    inside = choice[1:-1].replace("\\", r"\\").replace("[", r"\[")
    return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
