import os
from pathlib import Path

import pytest

from tests.team import Door, team

os.environ.setdefault("TONECHECK_CACHE", str(Path(__file__).parent.parent / ".pytest_cache" / "tonecheck"))


@pytest.fixture
def door(tmp_path, capsys, monkeypatch):
    """The command in this process, in the folder of a team that has one rule."""
    return Door(team(tmp_path), capsys, monkeypatch)
