import pytest

from tests.team import Door, team


@pytest.fixture
def door(tmp_path, capsys, monkeypatch):
    """The command in this process, in the folder of a team that has one rule."""
    return Door(team(tmp_path), capsys, monkeypatch)
