"""The learned ear: a linear model over the words of a sentence, one column of weights a family.

A sentence is the sum of its word n-grams, each hashed to a row of one table, as in Weinberger et al., Feature Hashing
for Large Scale Multitask Learning (2009).  The weights come from `tests/corpus/train_ear.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tonecheck.language import Reading

WEIGHTS = Path(__file__).parent / "weights" / "ear.npz"
BITS = 18
_STEM = 5
_OPEN, _CLOSE = "<s>", "</s>"
_REACH = (1, 2, 3, 3, 1, 2)
"""How many words each kind of n-gram spans: word, pair, triple, pair with a gap, stem, pair of stems."""
_FACTOR = 0x9E3779B97F4A7C15
_SMALL = 0.2


@lru_cache(maxsize=100_000)
def _keys(word: str) -> tuple[int, int]:
    """Return a number for a word and one for its stem, the same in every process."""
    stem = word[:_STEM] + "*"
    return crc32(word.encode("utf-8", "surrogatepass")), crc32(stem.encode("utf-8", "surrogatepass"))


def rows(sentences: list[list[str]]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the table rows of the n-grams of sentences, and how they are divided.

    The first array has a line for each kind of n-gram and a column for each word or sentence mark, at which it
    begins; row `2**BITS` is for none.  The second has where each sentence begins, the third how many n-grams it has.
    """
    import numpy as np  # noqa: PLC0415 - spaCy brings it, and only reading needs it

    lengths = np.array([len(words) + 2 for words in sentences])
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    keys = np.array(
        [_keys(word) for words in sentences for word in (_OPEN, *words, _CLOSE)],
        dtype=np.uint64,
    )
    word, stem = keys[:, 0], keys[:, 1]
    next_word, next_stem = np.roll(word, -1), np.roll(stem, -1)
    after = np.roll(word, -2)
    pair = _mixed(_mixed(word, 2) + next_word, 2)
    found = np.stack(
        (
            _mixed(word, 1),
            pair,
            _mixed(pair + after, 3),
            _mixed(_mixed(word, 4) + after, 4),
            _mixed(stem, 5),
            _mixed(_mixed(stem, 6) + next_stem, 6),
        ),
    )
    table_rows = (found >> np.uint64(64 - BITS)).astype(np.int64)
    left = np.repeat(starts + lengths, lengths) - np.arange(len(word))
    nothing = 1 << BITS
    for kind, reach in enumerate(_REACH):
        table_rows[kind, left < reach] = nothing
    marks = np.concatenate((starts, starts + lengths - 1))
    table_rows[0, marks] = table_rows[4, marks] = nothing
    counts = np.add.reduceat((table_rows != nothing).sum(axis=0), starts)
    return table_rows, starts, counts


def _mixed(keys: NDArray[np.uint64], kind: int) -> NDArray[np.uint64]:
    """Return the keys scrambled, differently for each kind (the multiplier is 2**64 over the golden ratio)."""
    import numpy as np  # noqa: PLC0415

    scrambled = (keys ^ np.uint64(kind)) * np.uint64(_FACTOR)
    mixed: NDArray[np.uint64] = scrambled ^ (scrambled >> np.uint64(29))
    return mixed


@dataclass(frozen=True)
class Heard:
    """What the ear makes of a reply: for each sentence and family how likely a fault is, and which words say so."""

    families: tuple[str, ...]
    likelihood: NDArray[np.float64]
    shares: NDArray[np.float64]
    starts: NDArray[np.int64]

    def words(self, sentence: int, family: str, length: int) -> tuple[int, int]:
        """Return the words of a sentence of `length` words that weighed most for a family, as a half-open range."""
        start = int(self.starts[sentence]) + 1
        shares = self.shares[start : start + length, self.families.index(family)].tolist()
        floor = _SMALL * max(shares)
        best, best_range, total, first = float("-inf"), (0, length), 0.0, 0
        for at, share in enumerate(shares):
            if total <= 0:
                total, first = 0.0, at
            total += share - floor
            if total > best:
                best, best_range = total, (first, at + 1)
        return best_range


@dataclass(frozen=True)
class Ear:
    """Weights by row and family, and the line that turns a sum of weights into a likelihood."""

    families: tuple[str, ...]
    weights: NDArray[Any]
    scale: NDArray[np.float64]
    slope: NDArray[np.float64]
    offset: NDArray[np.float64]

    def listen(self, reading: Reading) -> Heard:
        """Return what the ear makes of the sentences of a reading, of which there must be one."""
        import numpy as np  # noqa: PLC0415

        sentences = [reading.words[first:last] for first, last in reading.sentences]
        table_rows, starts, counts = rows(sentences)
        found = self.weights[table_rows]
        size = np.sqrt(np.maximum(counts, 1))[:, None]
        sums = np.add.reduceat(found.sum(axis=0, dtype=np.int64), starts) * self.scale / size
        likelihood = 1 / (1 + np.exp(-(sums * self.slope + self.offset)))
        return Heard(self.families, likelihood, _spread(found), starts)


def _spread(found: NDArray[Any]) -> NDArray[np.float64]:
    """Return the weights by word: each n-gram's shared among the words that it spans."""
    import numpy as np  # noqa: PLC0415

    shares = np.zeros(found.shape[1:])
    for kind, reach in enumerate(_REACH):
        for step in range(reach):
            shares[step:] += found[kind, : len(shares) - step] / reach
    return shares


@cache
def load(path: Path = WEIGHTS) -> Ear:
    """Return the ear that comes with tonecheck."""
    import numpy as np  # noqa: PLC0415

    with np.load(path) as file:
        weights = np.vstack((file["weights"], np.zeros((1, file["weights"].shape[1]), dtype=np.int8)))
        return Ear(tuple(file["families"].tolist()), weights, file["scale"], file["slope"], file["offset"])
