"""Every example of every packaged rule, each a test of its own."""

from functools import lru_cache

import pytest

from tonecheck import linter
from tonecheck.config import Config
from tonecheck.examples import problem
from tonecheck.rulebook import load_rules, packaged_rules

RULEBOOK = load_rules()
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{'bad' if example.marks else 'good'}-{example.place}")
    for rule in RULEBOOK.rules.values()
    for example in rule.examples
]


@lru_cache(maxsize=1)
def alone(name):
    """Return what lints by one rule alone."""
    return linter.prepare(RULEBOOK, Config(), {name: RULEBOOK.rules[name]})


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule, example):
    assert not problem(rule, example, alone(rule.id))


def test_every_phrase_finds_a_text_that_it_should_find():
    assert load_rules(packaged_rules(), packaged=False).rules.keys() == RULEBOOK.rules.keys()
