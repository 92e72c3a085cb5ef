"""The forms of a word."""

import pytest

from tonecheck.inflect import forms


@pytest.mark.parametrize(
    "line",
    [
        "refund refunds refunded refunding",
        "ship ships shipped shipping",
        "try tries tried trying",
        "agree agrees agreed agreeing",
        "die dies died dying",
        "apologize apologizes apologized apologizing",
        "fix fixes fixed fixing",
        "refer refers referred referring",
        "offer offers offered offering",
        "go goes went gone going",
        "play plays played playing",
    ],
)
def test_forms(line):
    assert forms(line.split()[0]) == tuple(line.split())
