"""Phrase tables from a spreadsheet."""

import pytest

from tonecheck.model import RuleFileError
from tonecheck.rulebook import load_rules
from tonecheck.tables import with_tables


def rules(tmp_path, text, name="house-words.csv"):
    table = tmp_path / name
    table.write_text(text, encoding="utf-8")
    return with_tables(load_rules(), [table]).rules


def test_a_table_is_a_rule_for_each_family(tmp_path):
    found = rules(tmp_path, "avoid,prefer,family,note\nfab,lovely,,\nasap,by <time>,vague-promise,say when\n")
    assert found["scripted/house-words"].rows[0].say == ("lovely",)
    assert found["vague-promise/house-words"].rows[0].find == ("asap",)


@pytest.mark.parametrize(
    "text", ["avoid;prefer\nfab;lovely\n", "avoid\tprefer\nfab\tlovely\n", "﻿Avoid,Prefer\nfab,lovely\n"]
)
def test_other_separators(tmp_path, text):
    assert rules(tmp_path, text)["scripted/house-words"].rows[0].find == ("fab",)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("avoyd,prefer\nx,y\n", 1, "did you mean “avoid”"),
        ("prefer\ny\n", 1, "needs a column “avoid”"),
        ("avoid,family\nfab,scriptd\n", 2, "did you mean “scripted”"),
        ("avoid,prefer\nfab,x\n(open,x\n", 3, "lacks a closing"),
        ("avoid,prefer\nfab,nice {x}\n", 2, "{x}"),
        ("avoid,prefer\n,x\n", 2, "at least one word"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path, text, line, problem):
    with pytest.raises(RuleFileError, match=problem) as refused:
        rules(tmp_path, text)
    assert refused.value.line == line


def test_a_missing_table(tmp_path):
    with pytest.raises(RuleFileError, match="can't be read"):
        with_tables(load_rules(), [tmp_path / "none.csv"])
