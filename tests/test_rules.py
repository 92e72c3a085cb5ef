"""Every example of every packaged rule, each a test of its own."""

import pytest

from tonecheck import linter
from tonecheck.config import Config
from tonecheck.examples import problem
from tonecheck.rulebook import load_rules

RULEBOOK = load_rules()
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{'bad' if example.marks else 'good'}-{example.place}")
    for rule in RULEBOOK.rules.values()
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule, example):
    ready = linter.prepare(RULEBOOK, Config(), {rule.id: rule})
    assert not problem(rule, example, ready)
