"""Inline suppression: silence what a draft asks to be silenced, and report the wishes that did nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tonecheck.draft import Suppression
from tonecheck.model import Span


class Silencer:
    """Silences findings for one draft and remembers which of its suppressions were of use."""

    def __init__(
        self,
        suppressions: Iterable[Suppression],
        resolve: Callable[[str], str | None],
        nearest: Callable[[str], str],
    ) -> None:
        """Take the suppressions of a draft; `resolve` and `nearest` are those of the rulebook."""
        self._resolve = resolve
        self._nearest = nearest
        self._wishes = [(item, {resolve(target) for target in item.targets}) for item in suppressions]
        self._used: set[int] = set()

    def silences(self, span: Span, rule: str, family: str) -> bool:
        """Return whether a finding of `rule` at `span` of the readable text is to be silent."""
        found = [
            number
            for number, (item, targets) in enumerate(self._wishes)
            if (not item.targets or targets & {rule, family}) and (span.overlaps(item.span) or span.inside(item.span))
        ]
        self._used.update(found)
        return bool(found)

    def notices(self) -> tuple[str, ...]:
        """Return a sentence for each suppression that names an unknown rule or silenced nothing."""
        said = []
        for number, (item, _) in enumerate(self._wishes):
            place = f"line {item.line}: " if item.line else ""
            unknown = [target for target in item.targets if self._resolve(target) is None]
            said += [
                f"{place}the suppression names no rule or family: “{target}”{self._nearest(target)}"
                for target in unknown
            ]
            if not unknown and number not in self._used:
                said.append(
                    f"{place}the suppression of {', '.join(item.targets) or 'all rules'} silences nothing; remove it"
                )
        return tuple(said)
