"""The command line: `tonecheck check`, `fix`, `explain`, `rules` and `test`."""

from tonecheck.cli.command import main

__all__ = ["main"]
