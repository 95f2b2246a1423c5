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
    r"\b(?:new|updated|revised|latest|nuwe) (?:system )?(?:instructions?|orders|prompt|directives?|instruksies)"
    r" (?:come |coming |straight |directly )?(?:from|van) (?:the |your |our |my |die )?(?:bot'?s? |system |company )?"
    r"(?:developers?|devs?|owners?|management|managers?|admin\w*|ceo|creators?|head ?office|headquarters"
    r"|ontwikkelaar|eienaar|bestuur)\b",
    r"\binstrucciones (?:nuevas )?(?:del|de la|de los|de) (?:desarrollador\w*|administrador\w*|gerencia|direccion"
    r"|duen[oa])\b",
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
    r"\bas an ai\b|\b(?:you are|you're) an? (?:ai|language model|llm|chat ?bot) (?:and|so|that|who|with)\b",
    r"\byou must (?:now )?(?:give|approve|confirm|grant|say|reply|obey|comply|submit|accept)\b",
    r"\b(?:the user|the customer|the homeowner|the client) (?:has |have |already |already has )?(?:consented|confirmed"
    r"|agreed|said yes|approved|is pre-?approved)\b",
    r"\b(?:as if|that) i (?:already )?(?:confirmed|consented|said yes|agreed) (?:to )?(?:everything|all|already)\b",
    r"\bpretend (?:that )?(?:the|i|you|ur|you'?re|user|we)\b",
    r"\b(?:text|message|unsubscribe|delete|notify) (?:all|every)\b[^.!?\n]{0,15}\b(?:contacts?|customers?|users?|leads"
    r"|homeowners?)\b",
    r"\b(?:send|give|show|tell) me\b[^.!?\n]{0,30}\b(?:\.env|settings\.py|config\w*|source code|database|credentials"
    r"|passwords?|secrets?"
    r"|tokens?|initial instructions)\b",
    r"\b(?:sign|submit|confirm|approve) (?:the |my |it |this )?(?:contract|application|proposal|project|recap)? ?"
    r"(?:for me|on my behalf|now|without asking)\b"
    r"(?=.*\b(?:authori[sz]e|admin\w*|system|override|ignore)\b)",
    r"\bchange the price\b|\bset the price\b",
    r"\brole\s*=\s*\w+|\bconsent\w*\s*=\s*true|\bset_slot\b|\bsubmit_project\b",
    # Spanish
    r"\b(?:a partir de ahora|desde ahora) (?:eres|responde|actua|seras|vas a)\b|\beres un asistente sin\b",
    r"\b(?:olvida|ignora|omite)\b[^.!?\n]{0,15}\b(?:tus|las|sus)? ?(?:reglas|instrucciones|limites)\b",
    r"\b(?:repite|muestra\w*|dime|traduce|imprime)\b[^.!?\n]{0,25}\b(?:todo lo (?:de arriba|que esta arriba)"
    r"|instrucciones|prompt|indicaciones iniciales)",
    r"\b(?:claves?|llaves?) (?:de la |del? )?(?:api|sistema|base)\b|\bvariables de entorno\b",
    r"\b(?:lista|dame|muestra\w*|dime)\b[^.!?\n]{0,30}\b(?:demas|otros|todos los) clientes\b|\b(?:direcciones"
    r"|telefonos|datos) de (?:otros|los demas|todos)",
    r"\bda de baja a (?:todos|los demas)\b|\bejecuta (?:la |el )?(?:funcion|comando|herramienta)\b|\bnuevas"
    r" instrucciones\b",
    r"\b(?:responde|contesta|escribe) (?:solo|unicamente)? ?en json\b|\bcomo administrador\b|\bmodo desarrollador\b"
    r"|\bfinge\b",
    r"\b(?:marca|cambia|pon)\w*\b[^.!?\n]{0,25}\b(?:factura|propuesta|precio|contrato|proyecto"
    r"|cliente)\b[^.!?\n]{0,20}\b(?:pagad[ao]|a 0|a cero|firmad[ao]"
    r"|calificado|aprobad[ao])\b|\bmarcame como\b|\b(?:ya )?(?:dio|confirmo) su consentimiento\b|\bel usuario"
    r" confirmo\b",
    r"\b(?:say|reply|write|answer|escribe|escreva|di|diga|responde|responda)\b[^.!?\n]{1,20}\b(?:and|y|e) (?:nothing"
    r" else|nada mas|mais nada)\b",
    r"\bpre-?approved\b[^.!?\n]{0,30}\bconfirm|\bprevious (?:assistant|system) message\b",
    # Portuguese and French
    r"\b(?:ignore|esqueca|desconsidere|oublie[sz]?|ignore[sz])\b[^.!?\n]{0,25}\b(?:instruc|regras|anteriores|consignes"
    r"|instructions|regles)",
    r"\b(?:a partir de agora|desormais|a partir de maintenant)\b[^.!?\n]{0,10}\b(?:voce|tu|vous)\b|\bcomo"
    r" administrador\b|\bmodo desenvolvedor\b",
    r"\b(?:mostre|repita|diga|traduza|montre|repete[sz]?|affiche[sz]?)\b[^.!?\n]{0,30}\b(?:prompt|instruc\w*|acima"
    r"|consignes|au-dessus)\b",
    r"\bchaves (?:da|de) api\b|\bvariaveis de ambiente\b|\b(?:liste|passe|cancele)\b[^.!?\n]{0,35}\b(?:outros|todos"
    r" os) clientes\b",
    r"\bexecute (?:a|la) (?:funcao|fonction)\b|\bresponda (?:apenas|somente) em\b|\bnovas instrucoes\b|\bfinja\b"
    r"|\bmarque(?:-me| a minha)\b"
    r"|\bmude o preco\b|\bo cliente ja deu\b|\bo usuario confirmou\b|\bautorizo voce\b",
    r"\b(?:ignoreer|vergeet)\b[^.!?\n]{0,25}\b(?:instruksies|reels|opdragte)\b",
    r"\bwrite me (?:a|an) (?:poem|essay|python|script|code|story|song)\b",
    r"\b(?:apply|give me|add|grant|issue|confirm|approve)\b[^.!?\n]{0,20}\b(?:100% (?:discount|off)"
    r"|free (?:system|solar)|\$?0 (?:price|cost)|discount of \d{2,}|a? ?\d{2,3}% discount|full "
    r"refund)\b[^.!?\n]{0,30}\b(?:without|now|immediately|in writing|as|to my)\b",
)
_INJECTION = re.compile("|".join(_INJECTIONS), re.MULTILINE)


_SPACED = re.compile(r"(?:\b[^\W_] +){12}")
"""Letters with gaps between them: nobody writes so but to hide words."""
_PACKED = re.compile(r"(?<![\w/+=])(?=[a-z0-9/+]*\d)(?=[a-z0-9/+]*[a-z])[a-z0-9/+]{40,}={0,2}(?![\w/+=])")
"""Forty characters without a gap: something packed, no words."""


def find_injection(plain: str) -> re.Match[str] | None:
    """The words that try to instruct, None when there are none; a file's name is read as words."""
    found = _INJECTION.search(plain) or _SPACED.search(plain) or _PACKED.search(plain)
    if found is None and plain.count("_") + plain.count("+") > 3:
        return _INJECTION.search(plain.replace("_", " ").replace("+", " "))
    return found
