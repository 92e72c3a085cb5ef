"""What is kept between runs: never needed, never in the way."""

import json

import pytest

from tonecheck import Linter, cache

BAD = "Calm down, we can't refund this until it arrives."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TONECHECK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_the_second_linter_finds_what_the_first_found(folder):
    first = Linter().lint(BAD)
    (kept,) = folder.iterdir()
    written = kept.stat().st_mtime_ns
    assert Linter().lint(BAD) == first
    assert kept.stat().st_mtime_ns == written


@pytest.mark.parametrize("content", ["", "{", "[]", '{"calm down": ["'])
def test_a_broken_file_is_made_anew(folder, content):
    Linter().lint(BAD)
    (kept,) = folder.iterdir()
    kept.write_text(content)
    assert Linter().lint(BAD).findings
    assert json.loads(kept.read_text())


def test_no_folder_is_needed(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TONECHECK_CACHE", str(tmp_path / "file" / "cache"))
    assert Linter().lint(BAD).findings


def test_only_the_latest_files_stay(folder):
    for number in range(7):
        cache.save(str(number), {"a": ["b"]})
    assert len(list(folder.iterdir())) == 4
    assert cache.load("6") == {"a": ["b"]}
