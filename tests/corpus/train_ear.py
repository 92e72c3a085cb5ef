"""Train the learned ear: `python -m tests.corpus.train_ear` (needs the extra `train`; two minutes on two cores).

Every family has a linear support-vector classifier of its own over the n-grams of a sentence.  Decision values are
turned into likelihoods by Platt's method (1999) on sentences that the classifier of their fold has not seen; the
folds keep the sentences of a reply together.  The same input gives the same file, byte for byte.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from tests.corpus.measure import WHOLE, harmless
from tests.corpus.measure import rows as labelled
from tonecheck import ear, language
from tonecheck.model import FAMILIES
from tonecheck.rulebook import load_rules

HERE = Path(__file__).parent
WHOLE_REPLIES = ("replies.jsonl", "more-replies.jsonl")
SENTENCES = ("sentences.jsonl",)
HEARD = tuple(family for family in FAMILIES if family not in WHOLE)
FOLDS = 5
SURE = 0.9


@dataclass(frozen=True)
class Sample:
    """A sentence of a labelled reply: its words, its families, and those that are optional for it."""

    reply: str
    words: list[str]
    families: frozenset[str]
    optional: frozenset[str]


def samples(path: Path) -> Iterator[Sample]:
    """Yield the sentences of a labelled file."""
    for row in labelled(path):
        reading = language.read(row["reply"])
        for number, (first, last) in enumerate(reading.sentences):
            span = reading.sentence_span(number)
            here = [label for label in row["labels"] if label["start"] < span.end and span.start < label["end"]]
            yield Sample(
                row["id"],
                reading.words[first:last],
                frozenset(label["family"] for label in here if not label.get("optional")),
                frozenset(label["family"] for label in here if label.get("optional")),
            )


def examples() -> Iterator[Sample]:
    """Yield the sentences of the packaged rules' own examples, which say nothing about other families."""
    for rule in load_rules().rules.values():
        others = frozenset(HEARD) - {rule.family}
        for example in rule.examples:
            reading = language.read(example.text)
            for number, (first, last) in enumerate(reading.sentences):
                bad = any(mark.overlaps(reading.sentence_span(number)) for mark in example.marks)
                yield Sample(rule.id, reading.words[first:last], frozenset({rule.family} if bad else ()), others)


def exceptions() -> Iterator[Sample]:
    """Yield the phrases that sound like negative framing and are none."""
    for number, phrase in enumerate(harmless()):
        words = list(language.words(phrase))
        yield Sample(f"exception {number}", words, frozenset(), frozenset(HEARD) - {"negative-framing"})


def features(sentences: Iterable[Sample]) -> sparse.csr_matrix:
    """Return a line for each sentence: its n-grams, weighed so that long sentences don't shout."""
    lines, data, ends = [], [], [0]
    for sentence in sentences:
        found, _, counts = ear.rows([sentence.words])
        used = found[found != 1 << ear.BITS]
        lines.append(used)
        data.append(np.full(len(used), 1 / np.sqrt(max(1, counts[0]))))
        ends.append(ends[-1] + len(used))
    matrix = sparse.csr_matrix((np.concatenate(data), np.concatenate(lines), ends), (len(lines), 1 << ear.BITS))
    matrix.sum_duplicates()
    return matrix


def fitted(lines: list[sparse.csr_matrix], truth: list[np.ndarray]) -> LinearSVC:
    """Return a trained classifier; a fault weighs twice what a clean sentence does, as it is rarer."""
    model = LinearSVC(C=1.5, class_weight={0: 1, 1: 2}, random_state=0)
    return model.fit(sparse.vstack(lines), np.concatenate(truth))


def sure_from(likelihood: np.ndarray, truth: np.ndarray, precision: float) -> tuple[float, float]:
    """Return the lowest likelihood from which on `precision` is kept, and the recall there."""
    order = np.argsort(-likelihood, kind="stable")
    right = np.cumsum(truth[order])
    kept = np.flatnonzero(right / np.arange(1, len(order) + 1) >= precision)
    if not len(kept):
        return 1.0, 0.0
    return float(likelihood[order[kept[-1]]]), float(right[kept[-1]] / max(1, truth.sum()))


def train(replies: list[Sample], sentences: list[Sample]) -> tuple[dict[str, np.ndarray], list[str]]:
    """Return the arrays of the weights' file, and a line a family on where the ear is sure."""
    x_replies, x_sentences = features(replies), features(sentences)
    fold = np.array([crc32(sample.reply.encode()) % FOLDS for sample in replies])
    weights, slopes, offsets, report = [], [], [], []
    for family in HEARD:
        truth = np.array([family in sample.families for sample in replies], dtype=int)
        also = np.array([family in sample.families for sample in sentences], dtype=int)
        usable = np.array([family not in sample.optional for sample in replies])
        told = np.array([family not in sample.optional for sample in sentences])
        value = np.zeros(len(replies))
        for number in range(FOLDS):
            known = usable & (fold != number)
            model = fitted([x_replies[known], x_sentences[told]], [truth[known], also[told]])
            value[fold == number] = model.decision_function(x_replies[fold == number])
        platt = LogisticRegression(C=1e6).fit(value[usable, None], truth[usable])
        slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
        model = fitted([x_replies[usable], x_sentences[told]], [truth[usable], also[told]])
        weights.append(model.coef_[0])
        slopes.append(slope)
        offsets.append(offset + slope * float(model.intercept_[0]))
        likelihood = 1 / (1 + np.exp(-(value * slope + offset)))
        threshold, recall = sure_from(likelihood[usable], truth[usable], SURE)
        report.append(f"{family:22} threshold {threshold:.2f}: precision {SURE}, recall {recall:.2f} of {truth.sum()}")
    table = np.stack(weights, axis=1)
    scale = np.abs(table).max(axis=0) / 127
    return {
        "weights": np.round(table / scale).astype(np.int8),
        "scale": scale,
        "slope": np.array(slopes),
        "offset": np.array(offsets),
        "families": np.array(HEARD),
    }, report


def main() -> None:
    """Train on the corpus beside this file and write the weights into the package."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--to", type=Path, default=ear.WEIGHTS)
    asked = arguments.parse_args()
    replies = [sample for name in WHOLE_REPLIES for sample in samples(HERE / name)]
    sentences = [*(sample for name in SENTENCES for sample in samples(HERE / name)), *examples(), *exceptions()]
    arrays, report = train(replies, sentences)
    asked.to.parent.mkdir(exist_ok=True)
    np.savez_compressed(asked.to, **arrays)
    print(f"{len(replies)} sentences of replies, {len(sentences)} single ones", *report, sep="\n")


if __name__ == "__main__":
    main()
