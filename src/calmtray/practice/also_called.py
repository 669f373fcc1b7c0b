"""What else people type who look for one of calmtray's practices, in either language, by its id."""

from __future__ import annotations

_BREATHS = "breathe breathing breathwork respirer souffle souffler pranayama stress calm calme anxiety anxiete angoisse"
_GROUNDING = (
    "grounding ground ancrage ancrer anchor present moment stress panic panique anxiety anxiete angoisse dissociation"
)
_KIND = "kindness kind bienveillance mindfulness pleine conscience meditation mediter"
_MOVES = "move exercise exercice bouger stress"

ALSO_CALLED = {
    "bathroom-break": "toilet wc loo restroom pipi",
    "before-a-hard-call": "phone telephone prepare preparer nervous trac",
    "close-the-session": "client end ending debrief cloturer fin boundaries transition",
    "colour-hunt": f"color colors game jeu {_GROUNDING}",
    "cool-or-warm-hands": f"cold water temperature froid chaud eau {_GROUNDING}",
    "cyclic-sighing": f"sigh physiological {_BREATHS}",
    "daylight": "sun light outside nature walk soleil dehors marche marcher promenade",
    "desk-stretch": f"stretching yoga back neck etirer dos nuque {_MOVES}",
    "doorway-pause": "door threshold porte transition",
    "feet-and-chair": f"floor seat sol siege {_GROUNDING}",
    "find-your-people": "burnout epuisement peers colleague team group supervision collegue equipe groupe isolation",
    "five-five": f"cardiac heart coherence coherent 365 {_BREATHS}",
    "five-senses-countdown": f"54321 5-4-3-2-1 5 4 3 2 1 {_GROUNDING}",
    "friend-voice": f"colleague friend inner critic self-talk collegue ami amie {_KIND}",
    "green-minute": "nature plant plants forest picture arbre plante foret image",
    "grocery-sized": "plan next step to-do liste taches etape",
    "hallway-lap": f"walk walking stroll marche marcher promenade stairs {_MOVES}",
    "here-and-now-facts": f"date today orient aujourd’hui {_GROUNDING}",
    "horizon-gaze": f"eyes screen panoramic distance yeux ecran vue 20-20-20 {_GROUNDING}",
    "laugh-file": "funny humour humor joke fun drole rire blague",
    "leave-work-at-work": "boundaries ritual commute shutdown limites rituel rentrer",
    "light-body-scan": f"body scan scan corporel balayage corporel relaxation relax detente {_KIND}",
    "longer-out-breath": f"exhale 4-6 relaxation detente expirer {_BREATHS}",
    "look-around-the-room": f"orienting orient {_GROUNDING}",
    "loving-kindness-mini": f"loving-kindness metta compassion amour bienveillant {_KIND}",
    "name-it-softly": "feeling emotion labelling anger angry sadness shame fear ressenti colere tristesse honte peur",
    "near-and-far-sounds": f"listen listening hear ecouter bruits {_GROUNDING}",
    "one-clear-limit": "boundary boundaries limits say no assertive limites refuser dire non",
    "one-good-sigh": f"sigh soupirer {_BREATHS}",
    "one-minute-doodle": "draw drawing art scribble dessin dessiner crayon",
    "one-small-win": "success pride progress reussite fierte",
    "one-song": "music listen sing musique ecouter chanter",
    "out-in-out": f"pendulation {_GROUNDING}",
    "pocket-texture": f"touch stone fidget toucher caillou {_GROUNDING}",
    "say-hello": "colleague talk coffee collegue parler cafe isolation",
    "secret-dance": f"music dancing musique danser {_MOVES}",
    "self-compassion-pause": f"compassion neff common humanity humanite {_KIND}",
    "set-it-down": "burnout epuisement usure vicarious burden heavy container let fardeau lourd contenant poser",
    "shake-it-out": f"shaking tremor trembler {_MOVES}",
    "shoulders-and-neck": f"stretch tension trapezius etirer etirement {_MOVES}",
    "soft-box": f"box square 4-4-4-4 3-3-3-3 carree {_BREATHS}",
    "something-to-eat": "lunch snack food meal dejeuner diner collation repas gouter",
    "squeeze-and-soften": f"progressive muscle relaxation jacobson detente crisper {_MOVES}",
    "step-down-pace": f"slow slower lent lentement {_BREATHS}",
    "supportive-hold": f"touch hug butterfly tapping self-touch caliner etreinte papillon {_KIND}",
    "thank-you-line": "gratitude thanks grateful remercier reconnaissance",
    "three-easy-breaths": _BREATHS,
    "three-good-moments": "gratitude good things grateful reconnaissance bonnes choses",
    "two-minute-check-in": "colleague buddy peer talk support team collegue parler equipe",
    "wall-push": f"strength press force {_MOVES}",
    "wash-and-reset": "hands face water ritual mains visage eau rituel",
    "water-break": "drink drinking tea coffee hydrate boire the cafe tisane hydrater",
}
