"""The forms of a regular or common irregular English verb or noun, for `~word` in a phrase.

The spelling rules are those of Quirk et al., A Comprehensive Grammar of the English Language (1985), 3.5 to 3.10.
"""

from __future__ import annotations

import re

_IRREGULAR = """
be am is are was were been being, have has had having, do does did done doing, go goes went gone going, get gets
got gotten getting, give gives gave given giving, take takes took taken taking, make makes made making, send
sends sent sending, tell tells told telling, say says said saying, read reads reading, write writes wrote
written writing, find finds found finding, keep keeps kept keeping, pay pays paid paying, lose loses lost
losing, break breaks broke broken breaking, buy buys bought buying, bring brings brought bringing, come comes
came coming, know knows knew known knowing, see sees saw seen seeing, think thinks thought thinking, understand
understands understood understanding, forget forgets forgot forgotten forgetting, feel feels felt feeling, hear
hears heard hearing, hold holds held holding, leave leaves left leaving, let lets letting, meet meets met
meeting, put puts putting, run runs ran running, sell sells sold selling, set sets setting, shut shuts shutting,
speak speaks spoke spoken speaking, spend spends spent spending, choose chooses chose chosen choosing, cut cuts
cutting, hurt hurts hurting, mean means meant meaning, quit quits quitting, throw throws threw thrown throwing,
wake wakes woke woken waking, wear wears wore worn wearing, withdraw withdraws withdrew withdrawn withdrawing,
build builds built building, catch catches caught catching, cost costs costing, deal deals dealt dealing, fall
falls fell fallen falling, fly flies flew flown flying, lie lies lied lying, rise rises rose risen rising, show
shows showed shown showing, stand stands stood standing, steal steals stole stolen stealing, stick sticks stuck
sticking, teach teaches taught teaching, win wins won winning, mislead misleads misled misleading, overlook
overlooks overlooked overlooking, offer offers offered offering, cancel cancels canceled canceling, happen
happens happened happening, differ differs differed differing, bother bothers bothered bothering, listen listens
listened listening, answer answers answered answering, open opens opened opening, enter enters entered entering,
order orders ordered ordering, visit visits visited visiting, deliver delivers delivered delivering, limit
limits limited limiting, edit edits edited editing, credit credits credited crediting, alter alters altered
altering, consider considers considered considering, suffer suffers suffered suffering, trigger triggers
triggered triggering, reset resets resetting, submit submits submitted submitting
"""
_FORMS = {forms[0]: forms for forms in (tuple(line.split()) for line in _IRREGULAR.split(","))}
_ONE_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]|.*(?:[^f]fer|mit|cur|gret)")


def forms(word: str) -> tuple[str, ...]:
    """Return the forms of a verb or noun, its base first: `refund`, `refunds`, `refunded`, `refunding`."""
    if word in _FORMS:
        return _FORMS[word]
    if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", word):
        third = word + "es"
    elif re.search(r"[^aeiou]y$", word):
        third = word[:-1] + "ies"
    else:
        third = word + "s"
    if word.endswith("e"):
        stem = word[:-2] + "y" if word.endswith("ie") else re.sub("(?<!e)e$", "", word)
        return (word, third, word + "d", stem + "ing")
    if re.search(r"[^aeiou]y$", word):
        return (word, third, word[:-1] + "ied", word + "ing")
    stem = word + word[-1] if _ONE_SYLLABLE.fullmatch(word) else word
    return (word, third, stem + "ed", stem + "ing")
