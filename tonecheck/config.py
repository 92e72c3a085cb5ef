"""Settings, from `tonecheck.toml` or `pyproject.toml [tool.tonecheck]`: those of a run, and those for one path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from tonecheck import configfile, globs
from tonecheck.model import Severity

_FIELDS = {"rules": "rule_folders", "phrase-tables": "phrase_tables", "fail-on": "fail_on"}


@dataclass(frozen=True)
class PathSettings:
    """What differs for the paths that one of the globs in `match` fits.

    `ignore`, `known` and `allow` add to the general settings, `severity` overlays them, the others replace them.
    """

    match: tuple[str, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    channel: str | None = None
    format: str | None = None
    known: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()


@dataclass(frozen=True)
class Config:
    """What is in force for a run.  Every value has a default that works.

    `format` is that of files whatever their suffix, `file` where the settings were read, and `origins` says for each
    key that is not the default where its value came from.
    """

    rule_folders: tuple[Path, ...] = ()
    phrase_tables: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    allow: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    channel: str | None = None
    fail_on: Severity = Severity.WARNING
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    paths: tuple[PathSettings, ...] = ()
    format: str | None = None
    file: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, start: Path) -> Self:
        """Return the settings of the nearest file in `start` or above, or the defaults; raise `ConfigError`."""
        file = configfile.find(start)
        return cls.read(file) if file else cls()

    @classmethod
    def read(cls, file: Path) -> Self:
        """Return the settings of one file; raise `ConfigError` for anything in it that is not as it must be."""
        values = configfile.read(file)
        origins = dict.fromkeys(values, configfile.shown(file))
        values["paths"] = tuple(PathSettings(**table) for table in values.get("paths", ()))
        named = {_FIELDS.get(key, key): value for key, value in values.items()}
        return cls(**named, file=file.absolute(), origins=origins)

    @property
    def root(self) -> Path:
        """The folder from which globs count: that of the settings file, else the working folder."""
        return self.file.parent if self.file else Path.cwd()

    def value(self, key: str) -> Any:  # noqa: ANN401 - whatever the key holds
        """Return the value of a key of the settings file."""
        return getattr(self, _FIELDS.get(key, key))

    def matching(self, path: Path) -> tuple[int, ...]:
        """Return which of `paths` are for `path`, by number."""
        absolute, root = path.absolute(), self.root
        return tuple(
            number
            for number, settings in enumerate(self.paths)
            if any(globs.matches(pattern, absolute, root) for pattern in settings.match)
        )

    def for_path(self, path: Path) -> Config:
        """Return the settings for one file; where several of `paths` fit, the last has the last word."""
        config = self
        for number in self.matching(path):
            ours = self.paths[number]
            config = replace(
                config,
                select=ours.select or config.select,
                ignore=_joined(config.ignore, ours.ignore),
                severity={**config.severity, **ours.severity},
                channel=ours.channel or config.channel,
                format=ours.format or config.format,
                known=_joined(config.known, ours.known),
                allow=_joined(config.allow, ours.allow),
            )
        return config

    def with_flags(self, **flags: Any) -> Config:  # noqa: ANN401 - whatever the flag holds
        """Return the settings as the command line wants them: every flag that is given has the last word.

        `ignore` and `exclude` add to what the file says, the others replace it, for single paths too.  What `select`
        names is no longer ignored.
        """
        given = {name: value for name, value in flags.items() if value not in (None, (), [])}
        select = given.get("select", ())
        added: dict[str, Any] = {
            name: _joined(getattr(self, name), given[name]) for name in ("ignore", "exclude") if name in given
        }
        paths = tuple(_without(settings, given) for settings in self.paths)
        config = replace(self, **(given | added), paths=paths, origins={**self.origins, **self._origins(given)})
        if not select:
            return config
        wanted = {*select, *(name.split("/")[0] for name in select)}
        kept = tuple(name for name in self.ignore if name not in wanted)
        paths = tuple(replace(s, ignore=tuple(name for name in s.ignore if name not in wanted)) for s in config.paths)
        return replace(config, ignore=_joined(kept, given.get("ignore", ())), paths=paths)

    def _origins(self, given: Iterable[str]) -> dict[str, str]:
        keys = {name: next((key for key, own in _FIELDS.items() if own == name), name) for name in given}
        flags = {key: "--input" if key == "format" else f"--{key}" for key in keys.values()}
        return {
            key: f"{self.origins[key]} and {flag}" if key in {"ignore", "exclude"} and key in self.origins else flag
            for key, flag in flags.items()
        }


def _joined(one: tuple[str, ...], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _without(settings: PathSettings, given: Iterable[str]) -> PathSettings:
    """Return settings for paths without those that a flag replaces."""
    empty: dict[str, Any] = {"select": (), "channel": None, "format": None}
    return replace(settings, **{name: value for name, value in empty.items() if name in given})
