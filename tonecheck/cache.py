"""What is dear to work out and the same every time, kept in the user's cache folder: the anchors of phrases.

Only words of rules are kept, never those of a reply.  Without a folder that can be written everything works as well.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from tonecheck.grammar import Node

_MOST_FILES = 4


def folder() -> Path:
    """Return the folder: `TONECHECK_CACHE`, or tonecheck's own in the cache folder of the platform."""
    named = os.environ.get("TONECHECK_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "tonecheck"


def key(classes: Mapping[str, Node]) -> str:
    """Return what anchors depend on besides the phrases: the word classes, this program's code and spaCy's words."""
    digest = hashlib.sha256(version("spacy").encode())
    for module in ("anchors", "expressions", "grammar", "inflect", "language", "norms"):
        digest.update((Path(__file__).parent / f"{module}.py").read_bytes())
    digest.update(repr(sorted(classes.items())).encode())
    return digest.hexdigest()[:16]


def load(name: str) -> dict[str, list[str]]:
    """Return the anchors by phrase that were kept under a key, or none."""
    try:
        found = json.loads((folder() / f"anchors-{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RuntimeError):
        return {}
    return found if isinstance(found, dict) else {}


def save(name: str, anchors: Mapping[str, list[str]]) -> None:
    """Keep anchors by phrase under a key; whole or not at all, whoever else writes there."""
    with contextlib.suppress(OSError, RuntimeError):
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=place, suffix=".new")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(anchors, file, ensure_ascii=False)
        Path(draft).replace(place / f"anchors-{name}.json")
        kept = sorted(place.glob("anchors-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in kept[_MOST_FILES:]:
            old.unlink(missing_ok=True)
