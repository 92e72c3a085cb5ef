"""Output for people: each finding with its words in their line, the reason, and the rewrites; then one summary line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tonecheck.model import Finding, Severity, Suggestion
from tonecheck.render import Checked, Tally, counted
from tonecheck.render.style import (
    LEVELS,
    QUIET,
    WIDTH,
    Piece,
    cells,
    first_cells,
    last_cells,
    painted,
    visible,
    wrapped,
)

_INDENT = "    "
_MOST = WIDTH - 20
_AROUND = 4 * WIDTH
_CUT = "…"


def text(results: Iterable[Checked], *, color: bool) -> Iterator[str]:
    """Yield the findings of each draft."""
    for result in results:
        for finding in result.report.findings:
            lines = (painted(line, color=color) for line in _block(result, finding, underline=not color))
            yield "\n".join((*lines, "", ""))


def summary(tally: Tally) -> str:
    """Return one line about a whole run."""
    if not tally.drafts:
        return "no replies to check\n"
    found, replies = tally.findings.total(), counted(tally.drafts, "reply", "replies")
    silenced = f"; {tally.silenced} silenced" if tally.silenced else ""
    if not found:
        return f"no findings in {replies}{silenced}\n"
    levels = ", ".join(
        counted(tally.findings[level], str(level)) for level in sorted(Severity, reverse=True) if tally.findings[level]
    )
    where = replies if tally.faulty == tally.drafts else f"{tally.faulty} of {replies}"
    fixable = f"; {tally.fixable} can be fixed with `tonecheck fix`" if tally.fixable else ""
    return f"{counted(found, 'finding')} ({levels}) in {where}{fixable}{silenced}\n"


def _block(result: Checked, finding: Finding, *, underline: bool) -> Iterator[list[Piece]]:
    level = LEVELS[finding.severity]
    place = f"{visible(result.label)}:{finding.line}:{finding.column}"
    yield [(place, "bold"), ("  ", ""), (str(finding.severity), level), ("  ", ""), (finding.rule, QUIET)]
    before, words, after = excerpt(result.draft.source, finding.span.start, finding.span.end)
    yield [(_INDENT + before, ""), (words, level), (after, "")]
    if underline:
        yield [(_INDENT + " " * cells(before) + "^" * max(1, cells(words)), "")]
    yield from ([(line, "")] for line in wrapped(finding.message, _INDENT))
    yield from ([(line, QUIET)] for line in wrapped(finding.why, _INDENT))
    for suggestion in finding.suggestions:
        yield _rewrite(suggestion)


def _rewrite(suggestion: Suggestion) -> list[Piece]:
    words = visible(" ".join(suggestion.text.split()))
    shown = words or "delete these words"
    style = "green" if suggestion.safe else ""
    return [(_INDENT + "→ ", style), (shown, style), (f"  ({_advice(suggestion)})", QUIET)]


def _advice(suggestion: Suggestion) -> str:
    if suggestion.safe:
        return "fix"
    return "fill in" if "<" in suggestion.text else "check the facts"


def excerpt(source: str, start: int, end: int) -> tuple[str, str, str]:
    """Return the words from `start` to `end` and what stands before and after them in their line.

    All three together are at most about `WIDTH` columns; “…” says where something was left out.
    """
    before, words, after = source[max(0, start - _AROUND) : start], source[start:end], source[end : end + _AROUND]
    before = visible(_lines(before)[-1])
    first, *further = _lines(words)
    words, after = visible(first), "" if further else visible(_lines(after)[0])
    if further or cells(words) > _MOST:
        words, after = first_cells(words, _MOST), _CUT + after
    room = WIDTH - cells(words)
    if cells(before) + cells(after) > room:
        kept_after = first_cells(after, max(room // 2, room - cells(before)))
        kept_before = last_cells(before, room - cells(kept_after))
        after = kept_after + _CUT if kept_after != after else after
        before = _CUT + kept_before if kept_before != before else before
    return before, words, after


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
