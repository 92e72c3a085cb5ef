"""What is masked, what must not be, and that no text takes long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonecheck.draft import GAP, NOUN, STOP
from tonecheck.readers import read
from tonecheck.readers.masks import find_masks

LETTERS = {NOUN: "N", GAP: "G", STOP: "S"}


def masked(text, format="text"):  # noqa: A002
    draft = read(text, format=format)
    assert len(draft.masked) == len(draft.text)
    return "".join(LETTERS.get(character, character) for character in draft.masked)


PLACEHOLDERS = [
    "{{ticket.requester.first_name}}",
    "{{ user.name | default: 'there' }}",
    '{{user.name|fallback:"there"}}',
    "{{{Recipient.FirstName}}}",
    "{{dc.late_parcel}}",
    "{{ .Contact.FirstName }}",
    "{{> footer}}",
    "{%customer.firstName,fallback=there%}",
    "{%conversation.number%}",
    "{%case.number%}",
    "{!Contact.FirstName}",
    '{!BLANKVALUE(Contact.FirstName, "there")}',
    "${current_user}",
    "#{ticket.customer.firstname}",
    "%{ticket.name.first}",
    "{$ticket.title}",
    "{contactfield=firstname|there}",
    "{first_name}",
    "*|FNAME|*",
    "%FIRSTNAME%",
    "%CONTACT_NAME%",
    "%%FirstName%%",
    "%%=v(@name)=%%",
    "[NAME]",
    "[Customer Name]",
    "[customer_name]",
    "[ticket.id]",
    "[order number]",
    "[insert date here]",
    "[[MISSING TOKEN - contact.firstname]]",
    "<name>",
    "<order number>",
    "<ORDER_ID>",
    "<cs:parser>ticket.id</cs:parser>",
    '<attribute key="user.name" default="there"/>',
    "https://example.com/a_(b)?c=d#e",
    "www.example.com",
    "status.example.com/today",
    "mailto:jo@example.com",
    "jo.bloggs+x@mail.example.co.uk",
    "@jo_bloggs",
    "`rm -rf`",
    "``a b``",
]


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_a_placeholder_is_one_noun(placeholder):
    assert masked(f"Hi {placeholder}, we wrote to") == f"Hi {'N' * len(placeholder)}, we wrote to"


PROSE = [
    "50% off today and 20% more tomorrow",
    "take 50% OFF% now",
    "an empty { } and {}",
    "if a < b and c > d",
    "when x<y and z>w",
    "I <3 this",
    "as you wrote [sic] here",
    "the form [see below] is short",
    "it is late [as you said]",
    "we [Note] this",
    "costs $5 {or so, they say}",
    "a * b | c * d",
    "either/or and 24/7",
    "e.g. this. And that.So on",
    "call me @ 5 pm",
    "5 ^ 2 is 25",
    "On Monday you wrote: hello",
    "From: here to there",
    "a -- b",
    "the back`tick",
    "your data is confidential and safe with us",
    "this is for the recipient of the parcel",
    "IMPORTANT NOTICE: we close on Monday",
]


@pytest.mark.parametrize("prose", PROSE)
def test_prose_is_left_alone(prose):
    assert masked(prose) == prose


@pytest.mark.parametrize(
    ("pieces", "letters"),
    [
        (["{{#if paid}}", "Paid.", "{{else}}", "Open.", "{{/if}}"], "G S G"),
        (["{% if a %}", "Yes.", "{% else %}", "No.", "{% endif %}"], "G S G"),
        (["{%- elsif b -%}", "x"], "S "),
        (["{% comment %}you failed{% endcomment %}", "Hi"], "G "),
        (["{# note #}", "Hi"], "G "),
        (["{{! note }}", "Hi"], "G "),
        (["{{if .Paid}}", "a", "{{else if .Late}}", "b", "{{end}}"], "G S G"),
        (["*|IF:PAID|*", "a", "*|ELSE:|*", "b", "*|END:IF|*"], "G S G"),
        (["{", "Hi", "|", "Hello", "|", "Hey", "}", " there"], "G S S G "),
        (["{", "Hi", "|", "{", "Good day", "|", "Hello", "}", " ", "{{name}}", "}"], "G SG S G NG"),
        (["<b>", "You", "</b>", "<br>", "now"], "G GS "),
    ],
)
def test_branches_and_variants_stay_readable(pieces, letters):
    expected = [piece if letter == " " else letter * len(piece) for piece, letter in zip(pieces, letters, strict=True)]
    assert masked("".join(pieces)) == "".join(expected)


@pytest.mark.parametrize(
    ("kept", "dropped"),
    [
        ("Done.\n\nKind regards,\n", "Anna Smith\nSupport Team, Acme\n+44 20 7946 0000"),
        ("Done.\r\n\r\nBest,\r\n", "anna"),
        ("Done.\n\nTHANKS!\n\n", "Anna\n\nhttps://example.com"),
        ("Done.\n", "-- \nAnna\nAcme"),
        ("Done.\n", "--\nAnna\nAcme"),
        ("Done.\n\n", "Sent from my iPhone"),
        ("Done.\n\n", "Get Outlook for iOS"),
        ("Done. ", "^JB"),
        ("Done.\n\n", "On Mon, 3 May 2024 at 10:12, Jo <jo@x.org> wrote:\n\nYou failed me."),
        ("Done.\n\n", "On Mon, 3 May 2024 at 10:12, Jo Bloggs\n<jo@x.org> wrote:\n\nYou failed me."),
        ("Done.\n\n", "-----Original Message-----\nYou failed me."),
        ("Done.\n\n", "---------- Forwarded message ---------\nYou failed me."),
        ("Done.\n\n", "From: Jo\nSent: Monday\nTo: Us\nSubject: Late\n\nYou failed me."),
        ("Done.\n\n", "> You failed me.\n> Twice."),
        ("Done.\n\n", "This e-mail and any attachments are confidential.\nDelete it."),
        ("Done.\n\n", "If you are not the\nintended recipient, you must not read this."),
        ("Done.\n\n", "CONFIDENTIALITY NOTICE: this message is privileged."),
        ("Done.\n", "```\nyou failed\n```"),
    ],
)
def test_what_is_not_the_reply_divides(kept, dropped):
    assert masked(kept + dropped) == kept + "S" * len(dropped)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks,\nunfortunately we can't do that.",
        "Cheers,\nGood luck with that",
        "Thanks,\nYou failed to pay",
        "Thanks,\nRefund denied.\nWe can't help.",
        "Regards,\nYOUR PAYMENT IS LATE",
        "Kind regards,",
        "On 3 May you wrote: it broke. We fixed it.",
        "```\nno second fence",
    ],
)
def test_a_sentence_after_a_closing_is_the_reply(text):
    assert masked(text) == text


def test_a_postscript_is_the_reply():
    assert masked("Best,\nAnna\n\nP.S. You failed to pay.") == "Best,\nSSSS\n\nP.S. You failed to pay."


def test_an_answer_between_quoted_lines_is_the_reply():
    text = "On 3 May 2024, Jo wrote:\n> Where is it?\nIn the post.\n> When?\nToday."
    expected = [24 * "S", 14 * "S", "In the post.", 7 * "S", "Today."]
    assert masked(text).split("\n") == expected


TEXTS = (
    st.text()
    | st.text(st.sampled_from("{}[]<>%|*#$!@`^-.:/ aN_\n\r>&;\ud83d😀"))
    | st.lists(
        st.sampled_from(
            [*PLACEHOLDERS, "{% if x %}", "{{#if", "%}", "\n> ", "\n-- \n", "Thanks,\n", " wrote:\n", "On "]
        ),
    ).map("".join)
)


@given(TEXTS)
def test_masks_are_in_order_and_within_the_text(text):
    masks = find_masks(text)
    ends = [0, *(mask.span.end for mask in masks)]
    assert all(mask.span and end <= mask.span.start for end, mask in zip(ends, masks, strict=False))
    assert ends[-1] <= len(text)


HOSTILE = [
    *("{{", "[", "[[", "<", "<!--", "<!-- a -->", "{%", "On ", "On 2024 a wrote:\n", "%", "%%A", "*|", "{a|", "{", "}"),
    *("`", "`a", "``` \n", "> ", "\n>", "\n", " \n", "\r", "From: a\n", "From: a\nTo: b\n", "--\n", "- - ", "a@", "a."),
    *("www.", "http://", "(", "](", "[](a ", '[](a "', "[](((", "![", "&", "&a", "&#", "*a ", "_a_", "**", "~~a", "\\"),
    *(
        "<div>",
        "<a ",
        '<a b="',
        "<a b='\"",
        "</",
        "</b>",
        "<script>",
        "<code>",
        "<blockquote>",
        "<!",
        "<?",
        "<a/ ",
        "<p",
    ),
    *(
        "#",
        "# ",
        "| ",
        "|-\n",
        "1. ",
        "\t",
        "    a\n",
        "---\n",
        "[a]: b\n",
        "<!-- tonecheck: ignore -->\n",
        "this mail ",
    ),
    *("confidential\n\n", "<!-- tonecheck: off a -->", "{{a}}](", "[a]({{a}}", "Thanks,\n", "a", "é", "{%comment%}"),
]


@pytest.mark.parametrize(("format", "length"), [("text", 200_000), ("markdown", 60_000), ("html", 60_000)])
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_read_in_one_go(piece, format, length):  # noqa: A002
    draft = read("x" + piece * (length // len(piece)), format=format)
    assert len(draft.masked) == len(draft.text)
