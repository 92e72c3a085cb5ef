"""Other spellings of one word: chat short forms, split contractions, British and American endings.

The table works on both sides, on the words of a reply and on the words of a phrase, so that a rule is
written once in either spelling.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_CHAT = """
pls=please plz=please plse=please thx=thanks thnx=thanks tnx=thanks ty=thanks u=you ur=your ya=you yer=your
coz=because cuz=because cos=because bcoz=because bc=because tho=though thru=through k=ok okay=ok okey=ok
abt=about wld=would cld=could shld=should pmt=payment acct=account msg=message msgs=messages tmrw=tomorrow
tmr=tomorrow tomoz=tomorrow rn=now gimme=give+me lemme=let+me wanna=want+to gotta=got+to kinda=kind+of
dunno=do+not+know im=i+am ive=i+have ill=ill youre=you+are youve=you+have youll=you+will weve=we+have
theyre=they+are theyve=they+have theyll=they+will thats='that+'s' whats='what+'s' heres='here+'s' theres='there+'s'
dont=do+not doesnt=does+not didnt=did+not cant=can+not couldnt=could+not wont=will+not wouldnt=would+not
shouldnt=should+not isnt=is+not arent=are+not wasnt=was+not werent=were+not hasnt=has+not havent=have+not
hadnt=had+not cannot=can+not ain't=is+not mustn't=must+not y'all=you+all n't=not nt=not e-mail=email e-mails=emails
""".replace("'s'", "'s")

_SPELLINGS = """
apologise apologize, apologised apologized, apologises apologizes, apologising apologizing, realise realize,
realised realized, recognise recognize, recognised recognized, utilise utilize, utilised utilized,
utilising utilizing, utilisation utilization, organise organize, organised organized, prioritise prioritize,
prioritised prioritized, finalise finalize, finalised finalized, authorise authorize, authorised authorized,
authorisation authorization, cancelled canceled, cancelling canceling, cancelation cancellation,
favour favor, favourite favorite, honour honor, honoured honored, behaviour behavior, colour color,
centre center, cheque check, licence license, programme program, catalogue catalog, enquiry inquiry,
enquiries inquiries, enquire inquire, fulfil fulfill, fulfilment fulfillment, labelled labeled,
judgement judgment, acknowledgement acknowledgment, organisation organization, customise customize,
customised customized, optimise optimize, summarise summarize, emphasise emphasize, sympathise sympathize,
empathise empathize, regularise regularize, minimise minimize, maximise maximize, analyse analyze,
defence defense, offence offense, practise practice, whilst while, amongst among, learnt learned, spelt spelled
"""


def _table() -> dict[str, tuple[str, ...]]:
    table = {}
    for pair in _CHAT.split():
        word, _, words = pair.partition("=")
        table[word] = tuple(words.split("+"))
    for pair in _SPELLINGS.split(","):
        one, other = pair.split()
        table[one] = (other,)
    return table


NORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(_table())
"""From a spelling, in lower case, to the words it stands for."""
