"""What is in force, in the form of a settings file, each value with a word on where it came from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from tonecheck import configfile
from tonecheck.config import Config
from tonecheck.model import Severity


def settings(config: Config) -> Iterator[str]:
    """Yield the lines of `check --show-config`."""
    yield f"# {configfile.shown(config.file) if config.file else 'no settings file'}\n"
    for key in (*configfile.SETTINGS, "format"):
        value = config.value(key)
        if key == "channel" and value is None:
            yield "# channel is not set\n"
        elif key != "paths" and value is not None:
            yield f"{key} = {_toml(value)}  # {config.origins.get(key, 'default')}\n"
    for paths in config.paths:
        yield f"\n[[paths]]  # {config.origins['paths']}\n"
        for field in fields(paths):
            value = getattr(paths, field.name)
            if value:
                yield f"{field.name} = {_toml(value)}\n"


def _toml(value: object) -> str:
    match value:
        case Severity():
            return f'"{value}"'
        case Mapping():
            return "{" + ", ".join(f"{json.dumps(str(key))} = {_toml(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case Path():
            return _toml(configfile.shown(value))
    return json.dumps(value, ensure_ascii=False)
