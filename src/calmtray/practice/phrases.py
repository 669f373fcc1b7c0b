r"""What the texts of a practice would rather not say, in both languages: data for ``lint``.

One regular expression a line, written as ``lint.plain`` makes the texts: small letters without accents, straight
apostrophes, single spaces. Each begins and ends at the bounds of a word. ``<name>`` stands for one of ``PARTS``.
The rules are those of the reference, section 2.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calmtray.practice.model import Rule

SPOKEN = frozenset({"title", "summary", "say"})
ADDRESSED = SPOKEN | {"caution"}
ANYWHERE = ADDRESSED | {"why"}
"""Steps, titles and summaries speak to the user; a caution names what to pass by; ``why`` reports."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What one rule looks for, by language, and in which places."""

    rule: Rule
    places: frozenset[str]
    by_language: Mapping[str, str]


PARTS = {
    "burden": "(?:tensions?|stress|worr(?:y|ies)|anxiety|thoughts?|fears?|anger|control|everything|all|what|whatever)",
    "weight": "(?:tensions?|stress|worr(?:y|ies)|anxiety|thoughts?|fears?|anger|negativity)",
    "ill": "(?:anxiety|depression|trauma|ptsd|burn-?out|insomnia|stress|panic|pain|compassion fatigue)",
    "organ": "(?:nervous system|vagus(?: nerve)?|amygdala|brain|parasympathetic(?: system)?)",
    "soothes": "(?:resets?|calms?|soothes?|settles?|regulates?|rebalances?|activates?|stimulates?|switch(?:es)? off"
    "|turns? off|tells?|signals?|hacks?|rewires?|(?:resett|calm|sooth|regulat|activat|stimulat|tell|signall|rewir)ing)",
    "recall": "(?:describe|write down|recount|retell|recall|remember|relive|replay|revisit)",
    "may": r"(?<!\bmay )(?<!\bmight )(?<!\bcan )(?<!\bto )(?<!\bnot )",
    "back": "(?:think (?:back )?(?:of|about|to|over)|go (?:back )?(?:over|to|through)|bring back)",
    "picture": "(?:picture|imagine|see|visuali[sz]e)",
    "ease": "(?:calm|peace|peacefulness|relaxation|serenity|stillness|tranquill?ity)",
    "at ease": "(?:calm|relaxed|peaceful|safe|serene|at peace|at ease|grounded)",
    "limit": "(?:you (?:possibly )?can|possible|it will go|your lungs)",
    "hormone": "(?:cortisol|stress hormones?|adrenaline)",
    "hard": "(?:hardest|worst|most difficult)",
    "unless": r"(?<!\bif )(?<!\bdo )(?<!\bwhat )(?<!\bwhen )(?<!\bthat )(?<!\bas )(?<!ever )(?<!thing )(?<!things )",
    "unasked": r"(?<!\bno )(?<!\bany )(?<!\bwithout )(?<!\bwithout a )(?<!\bwithout the )(?<!\bnever a )",
    "poids": "(?:tensions?|stress|soucis?|anxiete|pensees?|peurs?|colere|angoisses?)",
    "mal": r"(?:anxiete|depression|trauma\w*|epuisement|burn-?out|insomnie|stress|panique|douleurs?|usure)",
    "organe": "(?:systeme nerveux|nerf vague|amygdale|cerveau|parasympathique)",
    "apais": "(?:reinitialis|calm|apais|regul|reequilibr|activ|stimul|desactiv)",
    "le": "(?:la |le |les |l'|votre |vos |toutes les |toutes vos )?",
    "aise": "(?:calme|paix|detente|serenite|apaisement|tranquillite|bien-etre)",
    "combien": "(?:a quel point|combien|comme)",
    "serein": r"(?:calme|detendu|apaise|serei?n|zen|leger|relaxe|en paix|en securite)\w*",
    "client": "(?:client|cliente|usager|usagere|patient|patiente|beneficiaire|personne (?:accompagnee|suivie|aidee))s?",
    "rappel": "(?:(?:re)?pensez|songez|revenez|(?:rappelez|souvenez)-vous|decrivez|racontez|notez|revivez)",
    "tenu": r"(?<!\bsans )(?<!\bne )(?<!\binutile de )(?<!\bpas )",
    "le qui": "(?:l'|(?:votre|vos|le|la|les|une?|cet|cette|ce) (?:derniere? )?)",
    "sans": r"(?<!\bsans )(?<!\bsans le )(?<!\baucun )(?<!\bpas le )(?<!\bpas de )(?<!\bjamais le )(?<!\bni le )",
    "il faut": r"(?<!s')(?<!\bquand )il (?:faut|faudra|faudrait)",
    "infinitif": r"(?!(?:quatre|autre|notre|votre|encore|hier|premier|dernier|papier|leger|air)\b)"
    r"\w*(?:er|ir|dre|tre|vre|ire|pre)",
}

FORBIDDEN = (
    Phrases(
        Rule.DEEP_BREATH,
        SPOKEN,
        {
            "en": r"""
                (?<!\bno )(?<!\bnot a )(?<!\bwithout a )deep(?:er|est)?,? (?:\w+,? )?(?:in-|out-)?breath(?:s|ing)?
                deep(?:er|ly)? (?:in|ex)hal(?:e|es|ation|ations)
                (?:breathe|breathing|breath|inhale|exhale) (?:in |out )?(?:more |very |slowly and )?deep(?:er|ly)?
                (?<!\bno )(?:big|huge|full) (?:in-|out-)?breaths?
                (?:fill|expand|empty)(?: up| out)? your (?:lungs|chest|belly)
                (?:breathe|inhale|exhale) (?:in |out )?as (?:\w+ )?as <limit>
                (?:breathe|inhale|exhale) (?:in |out )?(?:all the way|fully|completely|to the limit)
                as much air as <limit>
                breath(?:s|ing)? (?:to )?(?:deepens?|(?:grow|become|get)s? (?:\w+ )?deeper)
                until your lungs are (?:\w+ )?(?:full|empty)
                (?:breathe|inhale) (?:\w+ )?into (?:the|your) (?:belly|stomach|chest|heart|back)
            """,
            "fr": r"""
                (?:respir|inspir|expir|souffl)(?:ez|er|ant|ons) (?:\w+ (?:et )?)?(?:a fond|profond(?:ement)?)
                (?<!\bpas de )(?<!\bsans )(?<!\bni )(?:grande|profonde)s? (?:respiration|inspiration|expiration)s?
                (?:respiration|inspiration|expiration|souffle)s? (?:\w+ et )?profonde?s?
                (?:respirez|inspirez|expirez|soufflez) un (?:bon|grand) coup
                (?:respirez|inspirez) a pleins poumons
                (?:respir|inspir|expir|souffl)(?:ez|er|ant) (?:\w+ )?(?:autant (?:d'air )?que|tant que vous pouvez)
                (?:respir|inspir|expir|souffl)(?:ez|er|ant) (?:\w+ )?(?:le plus|au maximum|jusqu'au bout|completement)
                (?:videz|vider) (?:bien |completement )?(?:vos|les) poumons
                (?:remplissez|gonflez) (?:bien )?(?:vos poumons|(?:la|votre) poitrine|(?:le|votre) ventre)
            """,
        },
    ),
    Phrases(
        Rule.ORDERED_FEELING,
        ADDRESSED,
        # A handle may be let go of: what is meant here is a state, or nothing in particular.
        {
            "en": r"""
                relax
                soften your (?:belly|stomach|body|heart)
                <may>(?:be|stay) (?:fully )?present(?! (?:at|on|for|when)\b)
                (?:breathe|blow|exhale|sigh) (?:out |away |off )?(?:all |of )?(?:the |your |any )?<weight>
                let (?:all )?(?:the |your |any )?<weight> (?:\w+ )?(?:melt|drain|fade|dissolve|leave|flow|wash|float)
                <may>(?<!\bif you )feel (?:\w+ )?(?:grounded|gratitude|joy|compassion|serenity|harmony)
                calm (?:yourself|down)
                (?:keep|become) (?:\w+ )?(?:calm(?:er)?|relaxed|peaceful)
                find (?:your|some|inner) (?:\w+ )?(?:calm|peace|stillness)
                (?:it|this|that)(?: will|'ll) (?:calm|relax|soothe|settle) (?:you|your)
                you(?: are|'re) feeling (?:\w+ )?(?:calm(?:er)?|relaxed|peaceful|better|lighter)
                (?:notice|feel|sense) your (?:\w+ )+(?:relaxing|calming|softening|letting go)
                (?<!\bif you )feel (?:the |a )?(?:relaxation|calm|peace|ease)
                (?:eyelids?|body|arms|legs) (?:to )?(?:grow|become|get|go)(?:s|ing)? (?:\w+ )?(?:heav(?:y|ier)|limp)
                let (?:it|that) all go
                let everything go
                let (?:all )?(?:\w+ )?<burden> go
                let(?:ting)? go of (?:the|your|this) (?:day|hour|week|session)
                calm your (?:mind|body|nerves|breath\w*|thoughts|heart)
                <may>(?:be|stay) (?:calm|relaxed|peaceful|at peace|grateful)
                (?<!\bif you )feel (?:more )?(?:calm(?:er)?|relaxed|peaceful|at peace|grateful|serene)
                <may>feel better
                (?<!\bwhere you )feel (?:\w+ly )?safe
                you(?: are|'re) (?:\w+ (?:and )?)?safe
                (?<!\bif )you(?: are|'re) (?:now |already )?(?:calm|relaxed|at peace|at ease)
                (?:space|place|room) is (?:\w+ )?safe
                feel yourself \w+ing
                <may>be happy
                enjoy the (?:relaxation|calm|peace|stillness)
                you(?: will|'ll) feel (?!the\b|your\b|an?\b|it\b|how\b|whether\b)\w+
                let(?:ting)? go(?=[.!?;,:…]|$| and | now)
                let(?:ting)? go of (?:\w+ )?<burden>
                releas(?:e|ing) (?:\w+ )?<burden>
                (?:clear|empty|quiet|still|silence) your (?:mind|head|thoughts)
                (?:mind|head) (?:go|goes|be|become|becomes|grow|grows) (?:\w+ )?(?:blank|empty|quiet|still|clear)
                (?:switch|turn|shut) (?:off|down) (?:your|the) (?:mind|head|brain|thoughts)
                (?:switch|turn|shut) (?:your|the) (?:mind|head|brain|thoughts) (?:off|down)
                think of nothing
                unwind(?! (?:the|a|an|your|it|one)\b)
                let yourself (?:sink|melt|drift|float|fall|surrender|be calm|go(?! (?:to|out|home|outside|for)\b))
                sink (?:\w+ )?into (?:\w+ )?(?:<ease>|yourself)
                (?:notice|feel|see|sense|enjoy) how (?:\w+ )?<at ease> (?:you|your|it|everything)
                <ease> (?:wash|spread|flow|fill|flood)\w* (?:\w+ )?(?:you|your|over|through|in)
                feel (?:the |your )?<burden> (?:\w+ )?(?:leav|melt|drain|fad|dissolv)\w*
                (?:nothing|nobody|no one) can (?:hurt|harm|touch|reach) you
                you(?: are|'re) (?:now )?in (?:a safe place|safe hands|safety)
                (?<!\bthat )(?<!\bif )(?:everything(?: is|'s)|all is) (?:\w+ )?(?:well|fine|okay|ok|all right)
            """,
            "fr": r"""
                (?:detend|relax|decontract)(?:ez|er|re)(?:-vous)?
                (?:soyez|restez) (?:pleinement )?(?:presente?s?|ancree?s?)
                (?:res)?sentez(?:-vous)? (?:de |la |une? )?(?:\w+ )?(?:gratitude|joie|compassion|harmonie|ancree?s?)
                laissez fondre <le><poids>
                laissez <le><poids> (?:\w+ )?(?:s'en aller|fondre|s'ecouler|s'evaporer|se dissoudre|s'envoler)
                relachez <le>(?:epaules?|machoires?|corps|muscles?|ventre|visage|nuque|front|mains?)
                (?:res)?sentez (?:\w+ )?(?:le calme|la detente|la paix|l'apaisement)
                (?:votre|le|la) (?:corps|souffle|esprit|ventre|dos|tete) se (?:detend|relache|calme|apaise)
                gardez (?:votre |le )?calme
                (?:expir|souffl|soufl)ez (?:toutes? )?<le><poids>
                lach(?:ez|er)[ -]prise
                lachez tout
                (?:calm|apais)ez(?:-vous| votre| vos)
                (?:soyez|restez|sentez-vous) (?:bien |plus )?(?:calmes?|zen|en paix|detendue?s?|sereine?s?)
                (?:vous etes|sentez-vous|vous sentir|vous vous sentez) (?:\w+ )?(?:en (?:\w+ )?securite|a l'abri)
                sentez-vous (?:bien|mieux)(?! (?:vos|votre|les?|la)\b)
                vous (?:allez vous sentir|vous sentirez)
                (?:relach|evacu|liber)(?:ez|er) <le><poids>
                laissez (?:partir|aller|filer) <le><poids>
                laissez-vous aller
                faites le vide
                videz(?:-vous)? (?:votre|la|l') ?(?:tete|esprit)
                (?<!\bsi )(?<!\bque )vous vous sentez (?:\w+ )?(?:mieux|bien|<serein>)
                soyez heureu(?:x|se)s?
                laissez-vous (?:porter|couler|fondre|flotter|sombrer|envahir|gagner)
                abandonnez-vous
                (?:sentez|remarquez|voyez|notez) <combien> vous (?:etes|vous sentez) (?:\w+ )?<serein>
                (?:le |la |l'|un \w+ |une \w+ )<aise> (?:vous |se |s')?(?:envah|gagn|install|repand|envelopp)\w*
                sentez <le><poids> (?:vous )?(?:partir|fondre|s'en aller|quitter|disparaitre|s'evaporer)
                (?:laissez|faites) (?:votre |l')esprit (?:se vider|se calmer|s'apaiser|devenir \w+)
                (?:debranchez|eteignez|faites taire|chassez) <le>(?:cerveau|tete|esprit|mental|pensees)
                (?:rien|personne) ne peut vous (?:arriver|atteindre|toucher|faire de mal)
                (?<!\bque )(?<!\bsi )tout va bien
            """,
        },
    ),
    Phrases(
        Rule.PRESSURE,
        ADDRESSED,
        # With a quantity "il faut" says how much is enough (il faut moins d'air); with a verb, what to do.
        {
            "en": r"""
                (?<!\bif )(?:you|your \w+|it|this) (?:should|must|ought to)(?: not|n't)?
                <unless>you(?:'ve got| have| need) to
                (?<!\bneed to )try to
                try (?:hard(?:er)?|your best)
                (?<!\bor )keep going
                keep it up
                don't (?:stop|give up|quit)
                no excuses
                push yourself
                (?:don't|do not|stop|never) (?:think|worry)(?:ing)?
                stay (?:strong|positive|focused)
                think positive(?:ly)?
            """,
            "fr": r"""
                (?<!\bque )(?<!\bsi )vous (?:ne devez pas|devez(?! rien)|devrez|devriez)
                <il faut> que vous
                <il faut> (?:d'abord |bien |y |en |vous |se |s'|\w+ment )?<infinitif>
                il ne faut (?:pas|jamais|surtout)
                il vous faut
                (?:essay|tach)ez d(?:e|'\w+)
                (?:efforc|forc)ez-vous
                continuez (?:comme (?:ca|cela)|ainsi)
                continuez(?= ?!)
                tenez bon
                n'abandonnez pas
                ne lachez (?:pas|rien)
                (?:ne |n'y )pensez (?:pas|plus|a rien)
                arretez de penser
                ne vous (?:en faites|inquietez) pas
                (?:restez|soyez) (?:forte?s?|concentree?s?|positi(?:f|ve)s?)
                pensez positif
            """,
        },
    ),
    Phrases(
        Rule.KEPT_SCORE,
        ADDRESSED,
        {
            "en": r"""
                streaks?(?! of)
                scores?
                leaderboards?
                level up
                (?:days|weeks) in a row
                (?:new|personal) (?:record|best)
                rate (?:your|how)
                (?:beat|top|outdo|improve on) (?:yesterday|last time|last week|your (?:\w+ )?(?:best|number|result))
                (?<!\bno )(?<!\bnot )(?:better|longer|further) than (?:yesterday|last time|last week)
                well done
                good job
            """,
            "fr": r"""
                (?:jours|semaines) (?:d'affilee|de suite)
                (?:votre|la) serie (?:en cours|continue)
                series? de jours
                scores?
                nouveau record
                (?:battez|depassez|surpassez|ameliorez) (?:hier|la derniere fois|votre (?:record|score|resultat))
                (?<!\bpas )(?:mieux|plus longtemps|plus loin) (?:qu'hier|que la (?:derniere fois|semaine derniere))
                evaluez (?:votre|vos|comment)
                donnez(?:-vous)? une note
                bravo
                bien joue
            """,
        },
    ),
    Phrases(
        Rule.MEDICAL_CLAIM,
        ANYWHERE,
        # What a study saw is told in the past; in the present it is a promise.
        {
            "en": r"""
                (?<!\bno )(?<!\bnot a )cure[sd]?
                heals? (?:\w+ )?(?:<ill>|wounds|you)
                treats? (?:\w+ )?<ill>
                (?:prevents?|eliminates?|removes?|ends?) (?:\w+ )?<ill>
                <soothes> (?:to )?(?:the |your |a )?(?:\w+ )?<organ>
                reset(?:s|ting)? (?:your|the) (?:mind|nerves|body)
                (?:clinically|scientifically|medically) (?:proven|tested)
                (?:is|are) (?:well |now )?proven
                (?<!\bnot )(?<!\bnever )(?<!\bbeen )proven to
                (?<!\bno )(?<!\bnot a )(?<!\bwithout )guarantee(?:s|d)?
                (?<!\bnothing )works for every(?:one|body)
                detox\w*
                toxins?
                polyvagal\w*
                (?:ventral |dorsal )vagal
                vagal (?:tone|toning|brake|reset|state|exercises?|breath\w*)
                (?<!\bnot )(?:lowers|flush(?:es)?|reduces|burns) (?:out )?(?:your |the )?<hormone>
                boosts? (?:your|the) immun\w*
            """,
            "fr": r"""
                gueri(?:t|ssent|ra)
                (?<!\ba )(?<!\bont )(?:soigne|traite|previent|elimine|supprime)(?:nt)? <le><mal>
                (?<!\ba )(?<!\bont )<apais>(?:e|ent|er|ez) <le><organe>
                (?:dit|dites|signale|eteint|eteindre) (?:a |au )?<le><organe>
                (?:cliniquement|scientifiquement|medicalement) (?:prouve|teste|demontre)e?s?
                (?<!n')(?:est|sont) prouvee?s?
                efficacite prouvee
                garanti(?:t|ssent)
                resultats? garantis?
                detox\w*
                toxines?
                polyvaga\w*
                (?:tonus|frein|etat|exercice|respiration)s? vaga(?:l|le|ux|les)
                vagale? (?:ventrale?|dorsale?)
                (?<!\ba )(?:fait baisser|baisse|reduit|elimine|evacue) <le>(?:cortisol|hormones? du stress|adrenaline)
            """,
        },
    ),
    Phrases(
        Rule.CLIENT_DETAILS,
        ADDRESSED,
        {
            "en": r"""
                <unasked>(?:client|patient)s?'?s? (?:first |last )?(?:names?|initials|stor(?:y|ies)|diagnosis)
                <unasked>names? of (?:the|your|a|that|this) (?:client|patient)s?
                <recall> what (?:happened|was said|you heard|they said)
                <recall> (?:the|your|that) (?:last )?(?:session|client)
                (?:think (?:back )?(?:of|about|to)|<picture>) (?:the|your|a|that) (?:<hard> |\w+ )?(?:client|patient)
                (?:<recall>|<back>|<picture>) the <hard> (?:moment|part|minute|thing)
                (?:the|your) <hard> (?:session|story|case)
                (?:remember|recall) (?:the|your|a|that) (?:\w+ )?(?:client|patient)
                what did (?:the|your|a|that) (?:\w+ )?(?:client|patient)s?
                (?:<recall>|<back>) (?:\w+ )?what (?:the|your|a|that|this) (?:\w+ )?(?:client|patient)s?
                bring (?:the|your|a|that) (?:\w+ )?(?:client|patient) (?:back )?to mind
            """,
            "fr": r"""
                <sans>(?:nom|prenom|initiales|histoire|diagnostic)s? (?:du |de la |de l'|d'une? |de votre |des )<client>
                (?:decrivez|racontez|notez|revivez|rappelez-vous) ce qui (?:s'est passe|a ete dit)
                (?:decrivez|racontez|revivez|revoyez|repassez|rappelez-vous) (?:la|votre|cette) (?:derniere )?seance
                (?:(?:re)?pensez|songez) a <le qui><client>
                (?:imaginez|visualisez|revoyez|voyez) (?:(?:le|la|les) \w+ (?:de |d'))?<le qui><client>
                (?:(?:re)?pensez au|imaginez le|revoyez le|revivez le) (?:pire moment|moment le plus (?:dur|difficile))
                <rappel> (?:a |de )?ce que <le qui><client>
                (?:rappelez-vous|souvenez-vous) (?:de |d')?<le qui><client>
                (?:la|votre) (?:pire seance|seance la plus (?:dure|difficile))
            """,
        },
    ),
)

HOLDING = {
    "en": r"""
        (?<!\bwithout )(?<!\bneed to )(?<!\bnot )(?<!\bdon't )hold(?:ing)? (?:your|the|that|this) (?:breath|air)
        (?<!\bnot )(?<!\bdon't )(?:keep|trap|lock) (?:the |your )?(?:air|breath) (?:in|inside)
        (?:stop|pause) (?:your )?breathing
        (?:in|inhale)(?: for)?(?: \w+)?(?: counts| seconds)?,? (?:and |then )?hold(?: for)?(?: \w+)?
    """,
    "fr": r"""
        <tenu>(?:reten(?:ez|ir|ant)|bloqu(?:ez|er|ant)|suspend(?:ez|re)) (?:\w+ )?<le>(?:souffle|respiration|air)
        gardez (?:bien )?(?:l'air|le souffle|les poumons pleins)
        (?<!\bsans )(?:en|une) apnee
        (?:arretez|cessez) de respirer
    """,
}
"""A breath held by words alone: where no pattern has a hold, people who switched holds off would be given one."""

CLOSING = {
    "en": r"""
        (?:clos(?:e|ing)|shut(?:ting)?) (?:your |the |both )?(?:eyes|eyelids)
        (?:eyes|eyelids),? (?:(?:open|low|lowered|half|or|softly|gently|are|stay|kept|both),? )*(?:closed|shut)
        (?:eyes|eyelids) (?:may |might |can |could )?(?:softly |gently |fall )?(?:close|shut)(?! to\b| by\b)
        (?:eyes|eyelids|lids) (?:\w+ )?(?:drift|fall|slide|flutter|droop|sink|drop)(?: closed| shut| down| together)?
        (?:closed|shut) eyes
    """,
    "fr": r"""
        ferm(?:ez|er|ant) (?:\w+ )?(?:les |vos )(?:yeux|paupieres)
        (?:yeux|paupieres),? (?:(?:ouverte?s|baissee?s|mi-clos|ou|bien|doucement),? )*(?:fermee?s|clos|closes)
        (?:yeux|paupieres) (?:peuvent |pourraient )?(?:doucement )?se ferm(?:er|ent)
        (?:yeux|paupieres) (?:\w+ )?(?:tomber|tombent|se clore|s'abaisser|s'alourdir)
        clore (?:les |vos )(?:yeux|paupieres)
    """,
}
"""Eyes that close, said any way: right where the practice leaves the eyes to the user and says that open is as good."""

OPEN = {"en": r"open(?! (?:your|the|both) (?!eyes))", "fr": r"ouverte?s?"}

SMALL = {"en": r"(?:small|soft|gentl|light)\w*", "fr": r"(?:petit|doux|douce|leger)\w*"}
LITTLE_AIR = {"en": r"(?:less|little|too much|not much) air", "fr": r"(?:moins|peu|trop) d'air"}
DIZZY = {
    "en": r"(?:light-?headed|dizz|tingl|faint)\w*",
    "fr": r"(?:tete (?:vous )?tourne|(?:vertige|etourdi|picot|fourmill)\w*)",
}
ENOUGH = {"en": r"smaller|stop|pause|rest", "fr": r"plus petite?s?|arret\w*|pause|repos"}

SLOW_BREATHS = ((Rule.SMALL_AND_SOFT, (SMALL, LITTLE_AIR)), (Rule.SMALLER_OR_STOP, (DIZZY, ENOUGH)))
"""What is to accompany slow breaths, known by these signs (reference, section 1.2)."""
