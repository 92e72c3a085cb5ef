"""Read a YAML file so that every complaint about it can name the line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml

from tonecheck.model import RuleFileError

Key = tuple[str | int, ...]
"""The way to a value: the keys of mappings and the places in sequences, from the top of the file."""

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def near(word: str, choices: Iterable[str]) -> str:
    """Return “ (did you mean …?)” with the choice most like `word`, or an empty text."""
    found = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return f" (did you mean “{found[0]}”?)" if found else ""


class _Loader(_Base):  # type: ignore[misc]
    """YAML as rule files use it: `no`, `on` and dates are text, and a key may stand only once."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":bool", ":timestamp"))]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """Return the mapping; refuse a key that stands twice."""
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key “{key.value}” stands twice", key.start_mark
                )
            seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The data of a YAML file and the way back to its lines."""

    path: Path
    source: str
    data: Any

    @classmethod
    def read(cls, path: Path) -> YamlFile:
        """Read a file; raise `RuleFileError` where it can't be read, is not YAML, or is not a mapping."""
        try:
            source = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise RuleFileError(path, line, "this is not UTF-8 text; save the file as UTF-8") from None
        except OSError as error:
            raise RuleFileError(path, None, f"can't be read ({error.strerror})") from None
        try:
            data = yaml.load(source, _Loader)  # noqa: S506 - a safe loader with fewer types
        except yaml.MarkedYAMLError as error:
            where = error.problem_mark.line + 1 if error.problem_mark else None
            raise RuleFileError(path, where, f"this is not YAML: {error.problem}") from None
        except yaml.YAMLError as error:
            raise RuleFileError(path, None, f"this is not YAML: {error}".splitlines()[0]) from None
        if not isinstance(data, dict):
            raise RuleFileError(path, 1, "the file must hold “key: value” lines")
        return cls(path, source, data)

    def at(self, key: Key) -> Any:  # noqa: ANN401 - whatever YAML holds
        """Return the value that a key leads to."""
        value = self.data
        for step in key:
            value = value[step]
        return value

    def line(self, key: Key) -> int:
        """Return the line, from 1, where the value of a key stands."""
        node = yaml.compose(self.source, _Loader)
        line = 0
        for step in key:
            if isinstance(node, yaml.MappingNode):
                found = [(name, value) for name, value in node.value if name.value == str(step)]
                if not found:
                    break
                line, node = found[0][0].start_mark.line, found[0][1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
        return line + 1

    def error(self, key: Key, message: str) -> RuleFileError:
        """Return the error that names file and line of a key."""
        return RuleFileError(self.path, self.line(key), message)

    def mapping(self, key: Key) -> Mapping[str, Any]:
        """Return the mapping at a key."""
        value = self.at(key)
        if not isinstance(value, dict):
            raise self.error(key, f"“{_name(key)}” must hold “key: value” lines")
        return value

    def only(self, key: Key, allowed: Sequence[str]) -> Mapping[str, Any]:
        """Return the mapping at a key; refuse a key that is not among `allowed`."""
        mapping = self.mapping(key)
        for name in mapping:
            if name not in allowed:
                raise self.error(
                    (*key, name),
                    f"unknown key “{name}”{near(str(name), allowed)}; allowed are {', '.join(allowed)}",
                )
        return mapping

    def sequence(self, key: Key) -> Sequence[Any]:
        """Return the list at a key."""
        value = self.at(key)
        if not isinstance(value, list):
            raise self.error(key, f"“{_name(key)}” must be a list, a line for each item that starts with “- ”")
        return value

    def text(self, key: Key) -> str:
        """Return the text at a key."""
        value = self.at(key)
        if not isinstance(value, str):
            raise self.error(key, f"“{_name(key)}” must be text; put it in quotes")
        return value

    def texts(self, key: Key) -> list[tuple[Key, str]]:
        """Return the text at a key, or the texts of the list there, each with its own key."""
        value = self.at(key)
        if isinstance(value, str):
            return [(key, value)]
        return [((*key, place), self.text((*key, place))) for place in range(len(self.sequence(key)))]


def _name(key: Key) -> str:
    return ".".join(map(str, key)) or "the file"
