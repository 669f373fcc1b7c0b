"""Words for how somebody may be: as nouns, which fit everybody in French too. Pleasant first, the unsure at the end."""

from __future__ import annotations

FEELINGS = tuple(
    {"en": english, "fr": french}
    for english, french in (
        ("calm", "calme"),
        ("joy", "joie"),
        ("relief", "soulagement"),
        ("hope", "espoir"),
        ("tenderness", "tendresse"),
        ("pride", "fierté"),
        ("gratitude", "gratitude"),
        ("curiosity", "curiosité"),
        ("tiredness", "fatigue"),
        ("sadness", "tristesse"),
        ("worry", "inquiétude"),
        ("tension", "tension"),
        ("anger", "colère"),
        ("frustration", "frustration"),
        ("fear", "peur"),
        ("guilt", "culpabilité"),
        ("shame", "honte"),
        ("loneliness", "solitude"),
        ("disgust", "dégoût"),
        ("boredom", "ennui"),
        ("emptiness", "vide"),
        ("a bit of everything", "un peu de tout"),
        ("nothing much", "pas grand-chose"),
        ("not sure", "je ne sais pas"),
    )
)
