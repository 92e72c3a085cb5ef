"""The HTML elements that matter to a reader."""

from __future__ import annotations

BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p
    pre section select summary table tbody td tfoot th thead tr ul
    """.split(),  # noqa: SIM905 - a list of words reads best as words
)
"""Elements that start and end a line of their own."""

MARKUP = frozenset(
    """
    a b i u s em strong span font small sub sup del ins mark big br wbr p div ul ol li h1 h2 h3 h4
    h5 h6 hr img table thead tbody tr td th blockquote pre center
    """.split(),  # noqa: SIM905 - a list of words reads best as words
)
"""Elements that are markup even in plain text; `<time>` or `<address>` there is a blank to fill."""

DROPPED = frozenset(["script", "style", "title", "textarea", "iframe", "noframes", "noembed", "xmp"])
"""Elements whose content is no text of the reply, and no markup either."""
