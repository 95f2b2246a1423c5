"""Anger and the wish to have data deleted: an apology or an honest word, and no question after it."""

import re

from flows.commands import Ask, Correct, Set, Unclear
from flows.draft import Draft
from flows.events import MessageReceived

_UPSET = re.compile(
    r"\b(?:bs|bullshit|wtf|ridiculous|pathetic|(?:you|this|bot)(?: \w+){0,3} useless"
    r"|(?<!n't )(?<!dont )(?<!never )(?:stop|keep|quit) (?:texting|messaging|bothering|writing|spamming)"
    r"|never signed up|leave me alone|waste of (?:my )?time|sick of (?:this|you)|fed up|harass\w*"
    r"|(?:dejen?|deja) de (?:escribir|molestar)\w*|es una verg[uü]enza|una porquer[ií]a|qu[eé] asco|estoy hart[oa]"
    r"|in[uú]til(?:es)?)\b",
    re.IGNORECASE,
)
_DELETION = re.compile(
    r"\b(?:delete|remove|erase|wipe|forget) (?:all )?(?:of )?(?:my|our) (?:\w+ )?"
    r"(?:data|info\w*|details|account|records)\b"
    r"|\b(?:borr|elimin|suprim)\w* (?:todos )?mis datos\b",
    re.IGNORECASE,
)


def heed_grievance(draft: Draft, message: MessageReceived) -> None:
    """Words that nothing else explains, or a question without an answer, may be either of the two."""
    open_words = [each for each in message.commands if _is_unexplained(each)]
    if not open_words or draft.understood:
        return
    if _DELETION.search(message.text):
        draft.alert("data_deletion", f"{draft.name} wants their data deleted: {message.text}")
        draft.vary("sorry.deletion")
    elif _UPSET.search(message.text):
        draft.alert("complaint", f"{draft.name} is unhappy: {message.text}")
        key = draft.pick_variant("sorry.upset")
        draft.say(key, draft.offer("human"))
    else:
        return
    draft.understood = draft.quiet = draft.heard = True


def _is_unexplained(command: object) -> bool:
    """Words left over, a question, and what "this is …" makes a name of."""
    if isinstance(command, Set | Correct):
        return command.slot == "name"
    return (isinstance(command, Unclear) and not command.injection) or isinstance(command, Ask)
