"""Whatever the README shows is run."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the files that the README shows, and a `tonecheck` on the path."""
    folder = tmp_path_factory.mktemp("readme")
    for language, text in BLOCKS:
        name = re.match(r"# (\S+\.(?:yaml|toml))\n", text)
        if language in {"yaml", "toml"} and name:
            path = folder / name[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    command = folder / "bin" / "tonecheck"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH={README.parent} exec {sys.executable} -m tonecheck "$@"\n')
    command.chmod(0o755)
    return folder


def sessions():
    """Yield the commands of each console block with what they print."""
    for language, text in BLOCKS:
        if language == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                yield command, output


def test_the_console(folder):
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for command, output in sessions():
        run = subprocess.run(
            ["bash", "-c", command],  # noqa: S607 - what a reader would type
            cwd=folder,
            env=os.environ | {"PATH": path, "COLUMNS": "100"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (run.stdout + run.stderr).strip() == output.strip(), command


def test_the_library():
    test = doctest.DocTestParser().get_doctest(README.read_text(encoding="utf-8"), {}, "README", str(README), 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    assert runner.tries
    assert not runner.failures
