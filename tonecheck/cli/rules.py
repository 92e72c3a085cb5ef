"""`tonecheck explain`, `rules` and `test`: what the rules are, and whether they keep their own examples."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tonecheck import linter, render
from tonecheck.cli.complaints import say
from tonecheck.config import Config
from tonecheck.examples import failures
from tonecheck.model import FAMILIES
from tonecheck.render import rules as rendering
from tonecheck.rule import Rule, with_settings
from tonecheck.rulebook import Rulebook, load_rules
from tonecheck.tables import with_tables
from tonecheck.vetting import vetted


def rulebook_of(config: Config) -> tuple[Rulebook, Config]:
    """Return the packaged rules with a team's own, and the settings held against them."""
    rulebook = with_tables(load_rules(*config.rule_folders), config.phrase_tables)
    return rulebook, vetted(config, rulebook)


def explain(name: str, config: Config, *, color: bool) -> int:
    """Print all there is to say about a rule, or the rules of a family; return the exit code."""
    rulebook, settings = rulebook_of(config)
    found = rulebook.resolve(name)
    if found is None:
        say(f"there is no rule “{name}”{rulebook.nearest(name)}; `tonecheck rules` lists all")
        return 2
    if found in FAMILIES:
        members = [rule for rule in rulebook.rules.values() if rule.family == found]
        sys.stdout.writelines(rendering.listing(members, color=color))
        return 0
    rule = rulebook.rules[found]
    severity = settings.severity.get(rule.id, settings.severity.get(rule.family))
    rule = with_settings(rule, severity=severity, options=settings.options.get(rule.id))
    sys.stdout.writelines(rendering.explanation(rule, rulebook.families, color=color))
    return 0


def rules(config: Config, *, as_json: bool, color: bool) -> int:
    """Print all rules that the settings leave in force, by family; return the exit code."""
    active = linter.active(*rulebook_of(config)).values()
    if as_json:
        sys.stdout.write(rendering.listing_json(active))
    else:
        sys.stdout.writelines(rendering.listing(active, color=color))
    return 0


def test(folders: Iterable[Path]) -> int:
    """Hold the rules of some folders to their own examples; return the exit code."""
    folders = [folder.absolute() for folder in folders]
    rulebook = load_rules(*folders)
    own = [rule for rule in rulebook.rules.values() if any(rule.path.is_relative_to(folder) for folder in folders)]
    if not own:
        say(f"there are no rule files in {', '.join(map(str, folders))}; they stand in folders named after a family")
        return 2
    failed = 0
    for failure in failures(rulebook, own):
        failed += 1
        sys.stdout.write(f"{failure}\n")
    sys.stdout.write(_verdict(own, failed))
    return int(failed > 0)


def _verdict(own: list[Rule], failed: int) -> str:
    examples = sum(len(rule.examples) for rule in own)
    of = f"{render.counted(examples, 'example')} of {render.counted(len(own), 'rule')}"
    return f"{failed} of {of} fail\n" if failed else f"{of} pass\n"
