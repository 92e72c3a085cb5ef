"""Find and read the settings file: TOML to plain values, each of the wanted type, errors with file and line."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tonecheck.model import CHANNELS, FAMILIES, ConfigError, Severity
from tonecheck.yamlfile import near

OWN_FILE = "tonecheck.toml"
SHARED_FILE = "pyproject.toml"
_TABLE = "tool.tonecheck"

Key = tuple[str | int, ...]
"""The way to a value: names of tables and places in arrays, from the top of our settings."""


def find(start: Path) -> Path | None:
    """Return the nearest settings file in `start` or above, or None; a `pyproject.toml` counts if it has our table."""
    for folder in (start.absolute(), *start.absolute().parents):
        own, shared = folder / OWN_FILE, folder / SHARED_FILE
        if own.is_file():
            return own
        if shared.is_file() and _TABLE in _text(shared) and "tonecheck" in _toml(shared).get("tool", {}):
            return shared
    return None


def read(path: Path) -> dict[str, Any]:
    """Return the settings of a file by key, every value checked and made what `Config` holds.

    Raise `ConfigError` for a file that can't be read, an unknown key, or a value that can't be.
    """
    data: Any = _toml(path)
    if path.name == SHARED_FILE:
        data = data.get("tool", {}).get("tonecheck")
        if not isinstance(data, dict):
            raise ConfigError(f"{shown(path)}: there is no table [{_TABLE}]")
    return _Reading(path).table((), data, _KINDS)


def shown(path: Path) -> str:
    """Return a path as a person who works in the current folder would write it."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith("..") else relative


def place(path: Path | None, key: Key, value: str | None = None) -> str:
    """Return “file:line: key” for the complaint about a value, as much of it as can be told."""
    name = ".".join(str(step) for step in key if isinstance(step, str))
    if path is None:
        return name
    line = line_of(_text(path), key, value)
    return f"{shown(path)}:{line}: {name}" if line else f"{shown(path)}: {name}"


def line_of(source: str, key: Key, value: str | None = None) -> int | None:
    """Return the line, from 1, where the settings name a key (and a text among its values), or None.

    The standard library's reader tells no lines, so this is a search; comments are passed over.
    """
    source = re.sub(r"^[ \t]*#.*$", lambda comment: " " * len(comment[0]), source, flags=re.MULTILINE)
    at = max(source.find(_TABLE), 0)
    found = None
    for step in key:
        if isinstance(step, int):
            arrays = list(re.finditer(r"^[ \t]*\[\[[\w. ]*paths\s*\]\]", source, re.MULTILINE))
            at = found = arrays[step].start() if step < len(arrays) else at
            continue
        match = re.compile(rf"(?<![\w-]){re.escape(step)}[\"']?\s*[=.\]]").search(source, at)
        if not match:
            break
        at = found = match.start()
    if value is not None and found is not None:
        match = re.compile(rf"[\"']{re.escape(value)}[\"']").search(source, at)
        found = match.start() if match else found
    return None if found is None else 1 + source.count("\n", 0, found)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{shown(path)}: can't be read: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{shown(path)}: this is not UTF-8; TOML files must be") from None


def _toml(path: Path) -> dict[str, Any]:
    text = _text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r" \(at (?:line (\d+)|end of document).*", str(error))
        line = int(told[1]) if told and told[1] else 1 + text.rstrip().count("\n")
        reason = str(error)[: told.start()] if told else str(error)
        raise ConfigError(f"{shown(path)}:{line}: this is not TOML: {reason[:1].lower()}{reason[1:]}") from None


@dataclass(frozen=True)
class _Reading:
    """One settings file on its way to plain values."""

    path: Path

    def error(self, key: Key, message: str, value: str | None = None) -> ConfigError:
        return ConfigError(f"{place(self.path, key, value)}: {message}")

    def table(self, key: Key, value: object, kinds: Mapping[str, _Kind]) -> dict[str, Any]:
        """Return a table whose keys must be among `kinds`."""
        table = self.mapping(key, value)
        for name in table:
            if name not in kinds:
                allowed = ", ".join(kinds)
                raise self.error((*key, name), f"there is no such setting{near(name, kinds)}; there are {allowed}")
        return {name: kinds[name](self, (*key, name), inner) for name, inner in table.items()}

    def mapping(self, key: Key, value: object) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.error(key, f"must be a table of names and values, not {_kind(value)}")
        return value

    def text(self, key: Key, value: object) -> str:
        if not isinstance(value, str):
            raise self.error(key, f"must be a text in quotes, not {_kind(value)}")
        return value

    def texts(self, key: Key, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            hint = f'; write ["{value}"]' if isinstance(value, str) else ""
            raise self.error(key, f"must be a list of texts, not {_kind(value)}{hint}")
        for item in value:
            if not isinstance(item, str):
                raise self.error(key, f"must be a list of texts, but holds {_kind(item)}")
        return tuple(value)

    def match(self, key: Key, value: object) -> tuple[str, ...]:
        return (value,) if isinstance(value, str) else self.texts(key, value)

    def one_of(self, key: Key, value: object, choices: Sequence[str]) -> str:
        word = self.text(key, value)
        if word not in choices:
            raise self.error(key, f"“{word}” is not one of {', '.join(choices)}{near(word, choices)}", word)
        return word

    def channel(self, key: Key, value: object) -> str:
        return self.one_of(key, value, CHANNELS)

    def severity(self, key: Key, value: object) -> Severity:
        return Severity.of(self.one_of(key, value, [str(level) for level in Severity]))

    def severities(self, key: Key, value: object) -> dict[str, Severity]:
        return {name: self.severity((*key, name), level) for name, level in self.mapping(key, value).items()}

    def options(self, key: Key, value: object) -> dict[str, dict[str, Any]]:
        tables = self.mapping(key, value)
        for name in tables:
            if name in FAMILIES:
                raise self.error((*key, name), "options belong to a rule, written family/rule, not to a family")
        return {name: dict(self.mapping((*key, name), table)) for name, table in tables.items()}

    def folders(self, key: Key, value: object) -> tuple[Path, ...]:
        return tuple(self._beside(key, text, Path.is_dir, "folder") for text in self.texts(key, value))

    def files(self, key: Key, value: object) -> tuple[Path, ...]:
        return tuple(self._beside(key, text, Path.is_file, "file") for text in self.texts(key, value))

    def _beside(self, key: Key, text: str, there: Callable[[Path], bool], what: str) -> Path:
        """Return the path that a text names, counted from the settings file."""
        path = self.path.absolute().parent / Path(text).expanduser()
        if not there(path):
            raise self.error(key, f"there is no {what} “{text}” beside {self.path.name}", text)
        return path

    def paths(self, key: Key, value: object) -> tuple[dict[str, Any], ...]:
        if not isinstance(value, list):
            raise self.error(key, "must be an array of tables; write [[paths]] above each")
        tables = tuple(self.table((*key, number), item, _PATH_KINDS) for number, item in enumerate(value))
        for number, table in enumerate(tables):
            if not table.get("match"):
                raise self.error((*key, number), 'needs “match”, such as match = "macros/**"')
        return tables


_Kind = Callable[[_Reading, Key, object], Any]

_PATH_KINDS: Mapping[str, _Kind] = MappingProxyType(
    {
        "match": _Reading.match,
        "select": _Reading.texts,
        "ignore": _Reading.texts,
        "severity": _Reading.severities,
        "channel": _Reading.channel,
        "format": _Reading.text,
        "known": _Reading.texts,
        "allow": _Reading.texts,
    },
)
_KINDS: Mapping[str, _Kind] = MappingProxyType(
    {
        "rules": _Reading.folders,
        "phrase-tables": _Reading.files,
        "select": _Reading.texts,
        "ignore": _Reading.texts,
        "severity": _Reading.severities,
        "options": _Reading.options,
        "allow": _Reading.texts,
        "known": _Reading.texts,
        "channel": _Reading.channel,
        "fail-on": _Reading.severity,
        "include": _Reading.texts,
        "exclude": _Reading.texts,
        "paths": _Reading.paths,
    },
)
SETTINGS = tuple(_KINDS)
"""The keys of a settings file, in the order in which they are shown."""


def _kind(value: object) -> str:
    kinds = ((bool, "true or false"), (int | float, "a number"), (str, "a text"), (list, "a list"), (dict, "a table"))
    return next((kind for types, kind in kinds if isinstance(value, types)), "a date")
