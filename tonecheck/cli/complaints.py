"""What goes to standard error: one clear sentence for each thing that went wrong."""

from __future__ import annotations

import sys

from tonecheck.render.style import visible


class Complaints:
    """Says what is wrong, and remembers that something was."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, problem: object) -> None:
        """Say what is wrong; the run goes on, and will end with code 2."""
        self.count += 1
        say(problem)


def say(sentence: object) -> None:
    """Write a sentence to standard error."""
    sys.stderr.write(f"tonecheck: {visible(str(sentence))}\n")
