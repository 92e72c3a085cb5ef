"""Hold settings against the rules: every rule, family, option, phrase and format that they name must exist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from tonecheck import configfile, grammar, phrases
from tonecheck.checks import check_options
from tonecheck.config import Config, PathSettings
from tonecheck.model import ConfigError
from tonecheck.readers import FORMATS
from tonecheck.rulebook import Rulebook
from tonecheck.yamlfile import near

_Settings = TypeVar("_Settings", Config, PathSettings)


def vetted(config: Config, rulebook: Rulebook) -> Config:
    """Return `config` with former rule ids replaced by the present ones; raise `ConfigError` for what is unknown."""
    work = _Vetting(config, rulebook)
    paths = tuple(work.settings(settings, ("paths", number)) for number, settings in enumerate(config.paths))
    options = {work.rule(name): work.options(name, table) for name, table in config.options.items()}
    return replace(work.settings(config, ()), paths=paths, options=options)


@dataclass(frozen=True)
class _Vetting:
    config: Config
    rulebook: Rulebook

    def error(self, key: configfile.Key, message: str, value: str | None = None) -> ConfigError:
        """Return the error that names the place of a value: the flag that gave it, or the line of the file."""
        file, flag = self.config.file, re.search(r"--\S+", self.config.origins.get(str(key[0]), ""))
        if flag and len(key) == 1 and not (file and value and f'"{value}"' in file.read_text(encoding="utf-8")):
            return ConfigError(f"{flag[0]}: {message}")
        return ConfigError(f"{configfile.place(file, key, value)}: {message}")

    def name(self, key: configfile.Key, name: str, *, value: bool = True) -> str:
        """Return the rule or family that a name stands for."""
        found = self.rulebook.resolve(name)
        if found is None:
            nearest = self.rulebook.nearest(name)
            raise self.error(key, f"there is no rule or family “{name}”{nearest}", name if value else None)
        return found

    def rule(self, name: str) -> str:
        return self.name(("options", name), name, value=False)

    def options(self, name: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the options of a rule, each one that its check has, with a value that it takes."""
        rule = self.rulebook.rules[self.rule(name)]
        known = check_options(rule.check) if rule.check else {}
        for option, value in table.items():
            key = ("options", name, option)
            if not known:
                raise self.error(key, f"the rule {rule.id} is made of phrases and has no options")
            if option not in known:
                raise self.error(
                    key, f"the rule {rule.id} has no option “{option}”{near(option, known)}; it has {', '.join(known)}"
                )
            problem = known[option].problem(value)
            if problem:
                raise self.error(key, problem)
        return table

    def settings(self, settings: _Settings, at: configfile.Key) -> _Settings:
        """Return general settings, or those for some paths, with every name known."""
        for phrase in settings.allow:
            try:
                phrases.check(phrase, {})
            except grammar.PhraseError as error:
                raise self.error((*at, "allow"), f"“{phrase}”: {error}", phrase) from None
        if settings.format is not None and settings.format not in FORMATS:
            hint = near(settings.format, FORMATS)
            message = f"“{settings.format}” is not one of {', '.join(FORMATS)}{hint}"
            raise self.error((*at, "format"), message, settings.format)
        return replace(
            settings,
            select=tuple(self.name((*at, "select"), name) for name in settings.select),
            ignore=tuple(self.name((*at, "ignore"), name) for name in settings.ignore),
            severity={
                self.name((*at, "severity", name), name, value=False): level
                for name, level in settings.severity.items()
            },
        )
