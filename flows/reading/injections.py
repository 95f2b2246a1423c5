"""Words that try to instruct the bot, and payloads in place of answers."""

import re

_INJECTIONS = (
    r"\b(?:owner|bill|status|role|admin|approved|price|intent)\s*=\s*(?:true|false|\d|admin|paid|approved|signed)",
    r"\bsystem override\b|%7b%7b|\brepeat after me\b|\b(?:print|show|give) them\b",
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,30}\b(?:instructions?|prompts?|rules"
    r"|guidelines|programming|training|above|previous (?:messages?|conversation)|restrictions|everything "
    r"(?:you|above|before)|directions)\b",
    r"^\W*(?:system|assistant|developer|admin|root|user)\s*(?:message|prompt|note|override|instruction"
    r"|notice)?\s*[:>\]]",
    r"[\n\]]\s*(?:system|assistant)\s*:",
    r"<\|?(?:im_start|im_end|system|endoftext|assistant)\|?>",
    r"\[/?inst\]",
    r"#{2,}\s*(?:instruction|system|new)",
    r"\bsystem prompt\b",
    r"</?(?:s|system|script|img|iframe|svg|prompt|instructions?)\b[^>]{0,80}>?",
    r"\byou are (?:now|no longer)\b(?! (?:talking|speaking|chatting|in|on|my|welcome|late))",
    r"\b(?:pretend|act|behave|roleplay|respond|answer|reply) (?:to be|as if|as though|like you|as an? "
    r"(?!soon|owner|possible)|as (?:the|dan))\b",
    r"\b(?:developer|debug|god|dan|admin|maintenance|test|sudo) mode\b",
    r"\bjailbreak\b",
    r"\bas (?:the|an|your|a) (?:system |site |database )?(?:administrator|admin|developer|owner of "
    r"(?:this|the) (?:bot|company|system)|ceo|creator|supervisor|engineer)\b[^.!?]{0,12}\b(?:i|you|we"
    r"|,)",
    r"\b(?:reply|respond|answer|output|print|write|speak|return)\b[^.!?\n]{0,25}\b(?:only |just )?(?:in"
    r"|with|as) (?:json|xml|yaml|base64|python|sql|html|code|valid)\b",
    r"\b(?:env(?:ironment)? var\w*|api keys?|access tokens?|secret keys?|\.env\b|database (?:dump"
    r"|schema|password)|passwords? (?:of|for|file)|your (?:source code|credentials|config))",
    r"\b(?:reveal|show|print|repeat|tell me|give me|dump|output|leak|list|what (?:is"
    r"|are))\b[^.!?\n]{0,25}\b(?:your (?:system |initial |hidden |secret |original )?(?:prompt|instructions"
    r"|rules|guidelines)|other (?:customers?|users?|clients?|homeowners?|people)'?s?|all (?:customers?"
    r"|users?|leads|phone numbers|contacts)|customer (?:list|database|data)|the database)\b",
    r"\b(?:mark|set|flag|change|update|record|register|approve|confirm)\b[^.!?\n]{0,30}\b(?:proposal"
    r"|project|application|contract|invoice|account|loan|lead|status|deal|my (?:bill|balance)|rebate"
    r"|me)\b[^.!?\n]{0,15}\b(?:as|to) (?:signed|paid|approved|complete\w*|installed|pre-?approved|confirmed"
    r"|verified|admin|owner|sold|vip|qualified)\b",
    r"^\s*[=+@-]\s*(?:[a-z]{2,}\s*\(|cmd\b|\w+\|)",
    r"=\s*(?:hyperlink|importxml|webservice|cmd|importdata|sum|concatenate|exec|system)\s*\(",
    r"\b(?:drop|truncate|alter) (?:table|database)\b",
    r"\bselect\b.{1,30}\bfrom\b.{1,20}\b(?:users?|where|table|leads|customers)\b",
    r"'\s*(?:;|or\b)\s*(?:--|'?1'?\s*=\s*'?1|drop)",
    r"\bunion select\b",
    r"\bdelete from\b",
    r"\{\{.{0,80}\}\}|\$\{.{0,80}\}|<%.{0,40}%>|\{%.{0,60}%\}|\$\([a-z]+",
    r"\b(?:rm -rf|sudo |wget http|curl http|/etc/passwd|os\.system|eval\(|__import__|import os|exec\()",
    r"\bjavascript:",
    r"\bonerror\s*=",
    r"\.\./\.\.",
    r"\bfrom now on\b[^.!?\n]{0,30}\b(?:you|reply|respond|answer|only|act|call)\b",
    r"\bnew (?:system )?(?:instructions?|rules|prompt|directives?)\s*(?:for you|:)",
    r"\b(?:call|invoke|execute|run|trigger) (?:the )?(?:function|tool|command|script|api|set_|create_"
    r"|delete_|update_)",
    r'"(?:role|intent|command|slots?|tool_calls?|function)"\s*:',
    r"\b(?:i am|i'm|this is) (?:the|your|an?) (?:admin\w*|developer|creator|system|openai|anthropic"
    r"|programmer|root)\b",
    r"\byour (?:new|real|true) (?:task|goal|instructions?|purpose|role|job)\b",
    r"\b(?:admin|root|developer) (?:access|privileges?|override|command)\b",
    r"\bauthori[sz]e (?:you|the bot|this bot) to\b",
    r"\btranslate (?:your|the) (?:system|instructions|prompt)",
    r"\b(?:repeat|say) (?:everything|the (?:words|text)) (?:above|before)\b",
    r"\b(?:ignora|olvida|omite|descarta)\b[^.!?\n]{0,30}\b(?:instrucciones|reglas|anterior(?:es)?"
    r"|indicaciones|prompt|todo lo)\b",
    r"^\W*(?:sistema|administrador)\s*:",
    r"\b(?:eres ahora|ahora eres|actua como|finge (?:ser|que)|haz de cuenta que eres|como administrador"
    r"|modo desarrollador|responde (?:solo|unicamente) (?:en|con)|muestra(?:me)? (?:tu|tus|el) "
    r"(?:prompt|instrucciones)|soy el (?:administrador|desarrollador))\b",
    r"\b(?:ignoreer|vergeet)\b[^.!?\n]{0,25}\b(?:instruksies|reels|opdragte)\b",
    r"\bwrite me (?:a|an) (?:poem|essay|python|script|code|story|song)\b",
    r"\b(?:apply|give me|add|grant|issue|confirm|approve)\b[^.!?\n]{0,20}\b(?:100% (?:discount|off)"
    r"|free (?:system|solar)|\$?0 (?:price|cost)|discount of \d{2,}|a? ?\d{2,3}% discount|full "
    r"refund)\b[^.!?\n]{0,30}\b(?:without|now|immediately|in writing|as|to my)\b",
)
_INJECTION = re.compile("|".join(_INJECTIONS), re.MULTILINE)


def find_injection(plain: str) -> re.Match[str] | None:
    """The words that try to instruct, None when there are none."""
    return _INJECTION.search(plain)
