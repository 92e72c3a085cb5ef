"""A progress bar on standard error, for runs that take longer than a person likes to wait."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE = 1.0
_BETWEEN = 0.1


class Bar:
    """Shows how much of `total` is done, once the run has taken a second; never shows where `enabled` is False."""

    def __init__(self, total: int, *, enabled: bool) -> None:
        self._total = total
        self._done = 0
        self._due = time.monotonic() + _PATIENCE if enabled else float("inf")
        self._shown: tuple[Progress, TaskID] | None = None

    def advance(self, amount: int) -> None:
        """Count more of the total as done."""
        self._done += amount
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + _BETWEEN
        if self._shown is None:
            self._shown = self._start()
        progress, task = self._shown
        progress.start()
        progress.update(task, completed=min(self._done, self._total), refresh=True)

    def hide(self) -> None:
        """Take the bar away, until the next `advance`, so that something else can be written."""
        if self._shown:
            self._shown[0].stop()

    def _start(self) -> tuple[Progress, TaskID]:
        from rich.console import Console  # noqa: PLC0415 - short runs need no rich
        from rich.progress import Progress  # noqa: PLC0415

        progress = Progress(
            console=Console(file=sys.stderr),
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        return progress, progress.add_task("checking", total=self._total)
