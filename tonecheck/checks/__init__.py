"""Checks that need code: one function a file, listed here."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tonecheck.checks.heard import heard
from tonecheck.checks.initialisms import unexplained_initialism
from tonecheck.checks.missing_acknowledgment import missing_acknowledgment
from tonecheck.checks.no_next_step import no_next_step
from tonecheck.checks.shouting import emphatic_capitals, repeated_punctuation
from tonecheck.model import Hit

Check = Callable[..., Iterator[Hit]]
"""`check(exchange, **options)` yields what it saw."""

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "emphatic_capitals": emphatic_capitals,
        "heard": heard,
        "missing_acknowledgment": missing_acknowledgment,
        "no_next_step": no_next_step,
        "repeated_punctuation": repeated_punctuation,
        "unexplained_initialism": unexplained_initialism,
    },
)


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a check, as its keyword argument declares it."""

    default: Any

    def problem(self, value: object) -> str:
        """Return what is wrong with a value, or nothing."""
        wanted = type(self.default)
        if isinstance(value, bool) is not (wanted is bool):
            return f"must be {_kind(wanted)}"
        if wanted in (tuple, frozenset):
            good = isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
        else:
            good = isinstance(value, (int, float) if wanted is float else wanted)
        return "" if good else f"must be {_kind(wanted)}"

    def value(self, value: object) -> object:
        """Return a value as the check takes it: a list of texts as the tuple or the set that it asks for."""
        wanted = type(self.default)
        return wanted(value) if wanted in (tuple, frozenset) else value


def _kind(wanted: type) -> str:
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}
    return names.get(wanted, "a list of texts")


def check_options(name: str) -> Mapping[str, Option]:
    """Return the options of a check by name, with their defaults."""
    parameters = inspect.signature(CHECKS[name]).parameters.values()
    return {p.name: Option(p.default) for p in parameters if p.kind is p.KEYWORD_ONLY}


__all__ = ["CHECKS", "Check", "Option", "check_options"]
