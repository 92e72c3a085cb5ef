"""A team with one rule of its own, so that a test's findings don't depend on the packaged rules."""

import io
import os
import subprocess
import sys
from pathlib import Path

import tonecheck
from tonecheck.cli import main

RULE = """\
message: "“{match}” is for tests."
why: Tests need a finding that stays.
phrases:
  - find: you zorgled the {thing:1-3}
    say: the {thing} needs a look
  - find: do quibble
    say: please tell us <what>
examples:
  - bad: "[[You zorgled the box]]."
    becomes: "The box needs a look."
  - good: "We zorgled the box."
"""
ID = "blame/zorgled"
BAD = "You zorgled the box."
FIXED = "The box needs a look."


def team(folder, *, settings="", rule=RULE):
    """Make a team's folder: its rule, and settings that select nothing else."""
    rules = folder / "rules" / "blame"
    rules.mkdir(parents=True)
    (rules / "zorgled.yaml").write_text(rule, encoding="utf-8")
    chosen = "" if "select" in settings else f'select = ["{ID}"]\n'
    (folder / "tonecheck.toml").write_text(f'rules = ["rules"]\n{chosen}{settings}', encoding="utf-8")
    return folder


def command(*arguments, cwd, stdin=b"", env=None):
    """Run the installed command; return its code, standard output and standard error."""
    where = str(Path(tonecheck.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-m", "tonecheck", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": where, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error", **(env or {})},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Door:
    """Runs the command in this process, in a folder of its own."""

    def __init__(self, folder, capsys, monkeypatch):
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)

    def __call__(self, *arguments, stdin=b""):
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            main(list(map(str, arguments)))
        except SystemExit as end:
            captured = self._capsys.readouterr()
            return end.code, captured.out, captured.err

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path
