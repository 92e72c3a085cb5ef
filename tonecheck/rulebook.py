"""Load the rule files: one YAML file a rule, its id the path, refused with file and line where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tonecheck import grammar
from tonecheck.guards import JUDGES
from tonecheck.model import FAMILIES, RuleFileError
from tonecheck.rule import Guard, Rule
from tonecheck.rulefile import RuleReader
from tonecheck.yamlfile import Key, YamlFile, near

_SHARED = ("words", "guards", "signals", "families")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules by id, with the guards, signals, family guards and word classes that they share."""

    rules: Mapping[str, Rule]
    guards: Mapping[str, tuple[Guard, ...]]
    signals: Mapping[str, tuple[str, ...]]
    families: Mapping[str, tuple[Guard, ...]]
    classes: Mapping[str, grammar.Node]

    def resolve(self, name: str) -> str | None:
        """Return the rule id or family that `name` (perhaps a former id) stands for, or None."""
        if name in self.rules or name in FAMILIES:
            return name
        return next((rule.id for rule in self.rules.values() if name in rule.aliases), None)

    def nearest(self, name: str) -> str:
        """Return “ (did you mean …?)” with the rule or family most like `name`, or nothing."""
        return near(name, [*self.rules, *FAMILIES])


@cache
def packaged_rules() -> Path:
    """Return the folder of the rules that come with tonecheck."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


@cache
def load_rules(*folders: Path, packaged: bool = True) -> Rulebook:
    """Return the packaged rules and those of `folders`, where a later folder may replace a shared word class.

    Raises `RuleFileError` for anything that is not as a rule file must be, and for an id that two files have.
    """
    loader = _Loader()
    for folder in (*([packaged_rules()] if packaged else []), *folders):
        loader.load(folder, checked=folder in folders)
    return loader.finish()


class _Loader(RuleReader):
    """Collects rules and shared tables folder by folder."""

    def __init__(self) -> None:
        super().__init__()
        self.rules: dict[str, Rule] = {}
        self.guards: dict[str, tuple[Guard, ...]] = {}
        self.signals: dict[str, tuple[str, ...]] = {}
        self.families: dict[str, tuple[Guard, ...]] = {}

    def load(self, folder: Path, *, checked: bool) -> None:
        """Read one folder; `checked` phrases are also tried on a text that they should find."""
        if not folder.is_dir():
            raise RuleFileError(folder, None, "there is no such folder of rules")
        self.checked = checked
        self._shared(folder)
        for path in sorted(folder.glob("*/*.yaml")):
            rule = self.rule(YamlFile.read(path), f"{path.parent.name}/{path.stem}")
            if rule.id in self.rules:
                raise RuleFileError(
                    path, None, f"the id {rule.id} belongs to {self.rules[rule.id].path} already; rename one"
                )
            self.rules[rule.id] = rule
        for path in sorted(folder.glob("*.y*ml")):
            if path.stem not in _SHARED:
                raise RuleFileError(path, None, "a rule file stands in a folder named after its family")

    def finish(self) -> Rulebook:
        for file, key, name in self.references:
            if name not in self.guards and name not in JUDGES:
                raise file.error(key, f"there is no guard @{name}{near(name, [*self.guards, *JUDGES])}")
        return Rulebook(
            MappingProxyType(self.rules),
            MappingProxyType(self.guards),
            MappingProxyType(self.signals),
            MappingProxyType(self.families),
            MappingProxyType(self.classes),
        )

    def _shared(self, folder: Path) -> None:
        """Read the tables that rules share: word classes, guards, signals, guards of whole families."""
        for name, file in ((name, folder / f"{name}.yaml") for name in _SHARED):
            if not file.is_file():
                continue
            table = YamlFile.read(file)
            for key, value in table.mapping(()).items():
                match name:
                    case "words":
                        self.classes[key] = self._either(table, (key,))
                    case "guards":
                        self.guards[key] = tuple(self.guards_at(table, (key,)))
                    case "signals":
                        self.signals[key] = self.phrases(table, (key,))
                    case "families" if key in FAMILIES and isinstance(value, list):
                        self.families[key] = tuple(self.guards_at(table, (key,)))
                    case "families":
                        raise table.error(
                            (key,), f"“{key}” must be a family with a list of guards{near(key, FAMILIES)}"
                        )

    def _either(self, file: YamlFile, key: Key) -> grammar.Node:
        options = tuple(self.parsed(file, at, text) for at, text in file.texts(key))
        return options[0] if len(options) == 1 else grammar.Either(options)
