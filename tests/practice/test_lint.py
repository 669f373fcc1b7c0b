"""What the content of a practice is asked to be: every rule both ways, and how a file overrules one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.format import parse
from calmtray.practice.lint import IDLE, against, lint, plain
from calmtray.practice.model import Category, Caution, Eyes, Grade, Overrule, Pattern, Phase, Practice, Rule, Why
from calmtray.practice.phrases import FORBIDDEN
from calmtray.words.language import use_language
from calmtray.words.texts import problem_text
from tests.making import BOX, FOUR_SIX, breath, breathing, practice, practices, quiet
from tests.practice.bundled import FILES, PRACTICES, SHARED

IN, OUT = Phase.IN, Phase.OUT
INWARD_BREATH = replace(breath((IN, 3_000), (OUT, 4_000)), cautions=frozenset({Caution.INWARD}))


def found(made: Practice) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in lint(made)]


def says(text: str, lang: str = "en", eyes: Eyes = Eyes.OPTIONAL) -> Practice:
    """A practice that says this, with all the time in the world."""
    step = replace(quiet(600_000), say={lang: text})
    return practice(
        step, languages=(lang,), eyes=eyes, title={lang: "-"}, summary={lang: "-"}, why=Why(Grade.D, {lang: "-"})
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_to_be_said_of_a_bundled_practice(path):
    made = parse(path.read_text(encoding="utf-8"), SHARED.patterns)
    assert [problem_text(problem) for problem in lint(made)] == []


def test_what_is_overruled_is_told_with_the_reason_nearest_to_it():
    made = replace(
        says("You must look. Relax."),
        overrules=(
            Overrule(Rule.PRESSURE, "everywhere"),
            Overrule(Rule.PRESSURE, "in this step", "steps[0]"),
            Overrule(Rule.PRESSURE, "said again", "steps[0]"),
        ),
    )
    told = [(problem.code, reason) for problem, reason in against(made)]
    assert told == [(Rule.ORDERED_FEELING, None), (Rule.PRESSURE, "in this step")]


def test_the_bundled_practices_of_every_folder_are_looked_at():
    assert {path.parent.name for path in FILES} == {path.name for path in PRACTICES.iterdir() if path.is_dir()}


# Phrases: what is found, and the innocent look-alikes.

FOUND = [
    # deep-breath
    ("en", Rule.DEEP_BREATH, "Take a deep breath."),
    ("en", Rule.DEEP_BREATH, "Three slow, DEEP breaths"),
    ("en", Rule.DEEP_BREATH, "A deep, slow breath"),
    ("en", Rule.DEEP_BREATH, "Breathe deeply"),
    ("en", Rule.DEEP_BREATH, "You might breathe in more deeply."),
    ("en", Rule.DEEP_BREATH, "A deep in-breath"),
    ("en", Rule.DEEP_BREATH, "Piano deep breaths"),
    ("en", Rule.DEEP_BREATH, "Fill up your lungs"),
    ("en", Rule.DEEP_BREATH, "Let your breath deepen"),
    ("fr", Rule.DEEP_BREATH, "Inspirez à pleins poumons"),
    ("fr", Rule.DEEP_BREATH, "Inspirez un bon coup"),
    ("fr", Rule.DEEP_BREATH, "Soufflez un bon coup"),
    ("en", Rule.DEEP_BREATH, "Deep inhale, slow exhale."),
    ("en", Rule.DEEP_BREATH, "Take a big breath."),
    ("en", Rule.DEEP_BREATH, "Fill your lungs"),
    ("fr", Rule.DEEP_BREATH, "Respirez profondément."),
    ("fr", Rule.DEEP_BREATH, "RESPIREZ PROFONDEMENT"),
    ("fr", Rule.DEEP_BREATH, "Vous pouvez inspirer lentement et profondément"),
    ("fr", Rule.DEEP_BREATH, "Une grande inspiration"),
    ("fr", Rule.DEEP_BREATH, "Trois respirations lentes et profondes"),
    ("fr", Rule.DEEP_BREATH, "Trois profondes respirations"),
    ("fr", Rule.DEEP_BREATH, "Inspirez\u00a0à fond"),
    ("fr", Rule.DEEP_BREATH, "Respirez un grand coup!"),
    ("fr", Rule.DEEP_BREATH, "Inspirez bien profond"),
    ("fr", Rule.DEEP_BREATH, "Gonflez le ventre"),
    ("en", Rule.DEEP_BREATH, "Breathe in as far as you can."),
    ("en", Rule.DEEP_BREATH, "Exhale as long as possible"),
    ("en", Rule.DEEP_BREATH, "Breathe out all the way"),
    ("en", Rule.DEEP_BREATH, "Take in as much air as you possibly can"),
    ("en", Rule.DEEP_BREATH, "Breathe until your lungs are quite full"),
    ("en", Rule.DEEP_BREATH, "Empty your lungs"),
    ("fr", Rule.DEEP_BREATH, "Inspirez autant que possible."),
    ("fr", Rule.DEEP_BREATH, "Inspirez autant d’air que vous pouvez"),
    ("fr", Rule.DEEP_BREATH, "Soufflez jusqu’au bout"),
    ("fr", Rule.DEEP_BREATH, "Expirez le plus longtemps possible"),
    ("fr", Rule.DEEP_BREATH, "Videz bien vos poumons"),
    # spoken-hold
    ("en", Rule.SPOKEN_HOLD, "Hold your breath."),
    ("en", Rule.SPOKEN_HOLD, "You might go on holding the breath for four."),
    ("en", Rule.SPOKEN_HOLD, "Keep the air in"),
    ("en", Rule.SPOKEN_HOLD, "Stop breathing for a moment"),
    ("fr", Rule.SPOKEN_HOLD, "Retenez votre souffle."),
    ("fr", Rule.SPOKEN_HOLD, "Vous pouvez bloquer doucement la respiration"),
    ("fr", Rule.SPOKEN_HOLD, "Gardez l’air quatre temps"),
    ("fr", Rule.SPOKEN_HOLD, "Quelques secondes en apnée"),
    # ordered-feeling
    ("en", Rule.ORDERED_FEELING, "Time to unwind."),
    ("en", Rule.ORDERED_FEELING, "Let yourself sink into the chair"),
    ("en", Rule.ORDERED_FEELING, "Sink deeper into relaxation"),
    ("en", Rule.ORDERED_FEELING, "Notice how calm you are."),
    ("en", Rule.ORDERED_FEELING, "See how very peaceful everything is"),
    ("en", Rule.ORDERED_FEELING, "Let calm wash over you"),
    ("en", Rule.ORDERED_FEELING, "Feel the stress slowly leaving"),
    ("en", Rule.ORDERED_FEELING, "Let your mind go blank"),
    ("en", Rule.ORDERED_FEELING, "Empty your head"),
    ("en", Rule.ORDERED_FEELING, "Switch off your thoughts"),
    ("en", Rule.ORDERED_FEELING, "Turn your mind off"),
    ("en", Rule.ORDERED_FEELING, "Think of nothing"),
    ("en", Rule.ORDERED_FEELING, "Nothing can hurt you here"),
    ("en", Rule.ORDERED_FEELING, "You’re in a safe place"),
    ("en", Rule.ORDERED_FEELING, "Everything is all right"),
    ("en", Rule.ORDERED_FEELING, "Find your calm"),
    ("en", Rule.ORDERED_FEELING, "Become calm, slowly"),
    ("en", Rule.ORDERED_FEELING, "Keep calm."),
    ("en", Rule.ORDERED_FEELING, "It will calm you"),
    ("en", Rule.ORDERED_FEELING, "You are feeling calmer"),
    ("en", Rule.ORDERED_FEELING, "Notice your body relaxing"),
    ("en", Rule.ORDERED_FEELING, "Let it all go"),
    ("en", Rule.ORDERED_FEELING, "Let all tension go"),
    ("en", Rule.ORDERED_FEELING, "Let go of the day"),
    ("en", Rule.ORDERED_FEELING, "Feel relaxation spreading"),
    ("en", Rule.ORDERED_FEELING, "Allow your eyelids to grow heavy"),
    ("en", Rule.CLIENT_DETAILS, "Remember your hardest client"),
    ("en", Rule.CLIENT_DETAILS, "What did your last client say?"),
    ("en", Rule.DEEP_BREATH, "Breathe into your belly"),
    ("fr", Rule.ORDERED_FEELING, "Relâchez les épaules"),
    ("fr", Rule.ORDERED_FEELING, "Sentez le calme"),
    ("fr", Rule.ORDERED_FEELING, "Sentez la détente"),
    ("fr", Rule.ORDERED_FEELING, "Votre corps se détend"),
    ("fr", Rule.ORDERED_FEELING, "Gardez votre calme"),
    ("fr", Rule.ORDERED_FEELING, "Expirez toutes vos tensions"),
    ("fr", Rule.ORDERED_FEELING, "Sentez le calme vous envahir."),
    ("fr", Rule.ORDERED_FEELING, "Une douce paix s’installe"),
    ("fr", Rule.ORDERED_FEELING, "Remarquez à quel point vous êtes calme"),
    ("fr", Rule.ORDERED_FEELING, "Voyez comme vous vous sentez plus légère"),
    ("fr", Rule.ORDERED_FEELING, "Sentez les tensions fondre"),
    ("fr", Rule.ORDERED_FEELING, "Laissez-vous couler dans le fauteuil"),
    ("fr", Rule.ORDERED_FEELING, "Videz-vous la tête"),
    ("fr", Rule.ORDERED_FEELING, "Laissez votre esprit se vider"),
    ("fr", Rule.ORDERED_FEELING, "Chassez vos pensées"),
    ("fr", Rule.ORDERED_FEELING, "Rien ne peut vous arriver"),
    ("fr", Rule.ORDERED_FEELING, "Tout va bien"),
    ("en", Rule.ORDERED_FEELING, "Relax."),
    ("en", Rule.ORDERED_FEELING, "Allow yourself to relax your jaw"),
    ("en", Rule.ORDERED_FEELING, "Calm down"),
    ("en", Rule.ORDERED_FEELING, "calm your mind"),
    ("en", Rule.ORDERED_FEELING, "Stay calm."),
    ("en", Rule.ORDERED_FEELING, "Feel calmer with every round"),
    ("en", Rule.ORDERED_FEELING, "Feel completely safe"),
    ("en", Rule.ORDERED_FEELING, "You are safe now."),
    ("en", Rule.ORDERED_FEELING, "You’re safe."),
    ("en", Rule.ORDERED_FEELING, "You’ll feel better"),
    ("en", Rule.ORDERED_FEELING, "Feel better in a minute"),
    ("en", Rule.ORDERED_FEELING, "And let go."),
    ("en", Rule.ORDERED_FEELING, "Breathe out and let go"),
    ("en", Rule.ORDERED_FEELING, "Letting go of the tension"),
    ("en", Rule.ORDERED_FEELING, "Let\u00a0go of everything"),
    ("en", Rule.ORDERED_FEELING, "Release your worries"),
    ("en", Rule.ORDERED_FEELING, "Clear your mind"),
    ("fr", Rule.ORDERED_FEELING, "Détendez-vous."),
    ("fr", Rule.ORDERED_FEELING, "De\u0301tendez-vous"),
    ("fr", Rule.ORDERED_FEELING, "Relaxez"),
    ("fr", Rule.ORDERED_FEELING, "Relaxez les épaules"),
    ("fr", Rule.ORDERED_FEELING, "Lâchez prise"),
    ("fr", Rule.ORDERED_FEELING, "le lâcher-prise"),
    ("fr", Rule.ORDERED_FEELING, "Calmez-vous"),
    ("fr", Rule.ORDERED_FEELING, "Apaisez vos pensées"),
    ("fr", Rule.ORDERED_FEELING, "Restez calme"),
    ("fr", Rule.ORDERED_FEELING, "Vous êtes en sécurité"),
    ("fr", Rule.ORDERED_FEELING, "vous êtes à l’abri"),
    ("fr", Rule.ORDERED_FEELING, "Vous allez vous sentir mieux"),
    ("fr", Rule.ORDERED_FEELING, "Sentez-vous mieux"),
    ("fr", Rule.ORDERED_FEELING, "Relâchez les tensions"),
    ("fr", Rule.ORDERED_FEELING, "Laissez partir toutes vos pensées"),
    ("fr", Rule.ORDERED_FEELING, "Laissez-vous aller"),
    ("fr", Rule.ORDERED_FEELING, "Videz votre tête"),
    ("en", Rule.ORDERED_FEELING, "Breathe out your stress"),
    ("en", Rule.ORDERED_FEELING, "You are calm and safe"),
    ("en", Rule.ORDERED_FEELING, "You are calm"),
    ("en", Rule.ORDERED_FEELING, "This space is safe"),
    ("en", Rule.ORDERED_FEELING, "Feel yourself relaxing"),
    ("en", Rule.ORDERED_FEELING, "Smile and be happy"),
    ("en", Rule.ORDERED_FEELING, "Enjoy the relaxation"),
    ("fr", Rule.ORDERED_FEELING, "Laissez les tensions s’en aller"),
    ("fr", Rule.ORDERED_FEELING, "Vous vous sentez mieux"),
    ("fr", Rule.ORDERED_FEELING, "Soyez heureux"),
    ("fr", Rule.ORDERED_FEELING, "Laissez-vous porter par la détente"),
    ("en", Rule.MEDICAL_CLAIM, "Settle your nervous system"),
    ("en", Rule.SPOKEN_HOLD, "Breathe in for four, hold for four"),
    ("en", Rule.ORDERED_FEELING, "Exhale all the tension"),
    ("en", Rule.ORDERED_FEELING, "Let the tension melt away"),
    ("en", Rule.ORDERED_FEELING, "Feel grounded"),
    ("en", Rule.ORDERED_FEELING, "Feel gratitude"),
    ("en", Rule.ORDERED_FEELING, "Be present"),
    ("en", Rule.ORDERED_FEELING, "Soften your belly"),
    ("fr", Rule.ORDERED_FEELING, "Soyez pleinement présent"),
    ("fr", Rule.ORDERED_FEELING, "Restez ancrée"),
    ("fr", Rule.ORDERED_FEELING, "Ressentez de la gratitude"),
    ("fr", Rule.ORDERED_FEELING, "Laissez fondre vos tensions"),
    ("fr", Rule.ORDERED_FEELING, "Laissez le stress s’évaporer"),
    # pressure
    ("en", Rule.PRESSURE, "You should feel the floor"),
    ("en", Rule.PRESSURE, "Your back must be straight"),
    ("en", Rule.PRESSURE, "You have to stand up"),
    ("en", Rule.PRESSURE, "Try to notice a sound"),
    ("en", Rule.PRESSURE, "Keep going!"),
    ("en", Rule.PRESSURE, "Don’t think about work"),
    ("en", Rule.PRESSURE, "Don't give up"),
    ("en", Rule.PRESSURE, "Stay focused"),
    ("fr", Rule.PRESSURE, "Vous devez vous lever"),
    ("fr", Rule.PRESSURE, "Vous ne devez pas bouger"),
    ("fr", Rule.PRESSURE, "Il faut que vous respiriez"),
    ("fr", Rule.PRESSURE, "Il faut respirer lentement"),
    ("fr", Rule.PRESSURE, "Il faut bien souffler"),
    ("fr", Rule.PRESSURE, "Il faudra prendre une chaise"),
    ("fr", Rule.PRESSURE, "Il faut s’asseoir"),
    ("fr", Rule.PRESSURE, "Il ne faut pas forcer"),
    ("fr", Rule.PRESSURE, "Il vous faut une chaise"),
    ("fr", Rule.PRESSURE, "Essayez de rester"),
    ("fr", Rule.PRESSURE, "Essayez d’écouter"),
    ("fr", Rule.PRESSURE, "Efforcez-vous d’écouter"),
    ("fr", Rule.PRESSURE, "Continuez\u202f!"),
    ("fr", Rule.PRESSURE, "Continuez comme ça"),
    ("fr", Rule.PRESSURE, "N’y pensez plus"),
    ("fr", Rule.PRESSURE, "Ne vous inquiétez pas"),
    ("fr", Rule.PRESSURE, "Restez positive"),
    # kept-score
    ("en", Rule.KEPT_SCORE, "You broke your streak"),
    ("en", Rule.KEPT_SCORE, "Your score today"),
    ("en", Rule.KEPT_SCORE, "Five days in a row"),
    ("en", Rule.KEPT_SCORE, "A new personal best"),
    ("en", Rule.KEPT_SCORE, "Rate your recovery"),
    ("en", Rule.KEPT_SCORE, "Well done!"),
    ("en", Rule.KEPT_SCORE, "Beat yesterday"),
    ("en", Rule.KEPT_SCORE, "Improve on your best"),
    ("en", Rule.KEPT_SCORE, "A little longer than last time"),
    ("fr", Rule.KEPT_SCORE, "Dépassez hier"),
    ("fr", Rule.KEPT_SCORE, "Faites mieux qu’hier"),
    ("fr", Rule.KEPT_SCORE, "Plus longtemps que la dernière fois"),
    ("fr", Rule.KEPT_SCORE, "Cinq jours d’affilée"),
    ("fr", Rule.KEPT_SCORE, "Votre série en cours"),
    ("fr", Rule.KEPT_SCORE, "Votre score"),
    ("fr", Rule.KEPT_SCORE, "Évaluez votre humeur"),
    ("fr", Rule.KEPT_SCORE, "Donnez-vous une note"),
    ("fr", Rule.KEPT_SCORE, "Bravo\u202f!"),
    # medical-claim
    ("en", Rule.MEDICAL_CLAIM, "It cures insomnia"),
    ("en", Rule.MEDICAL_CLAIM, "It treats anxiety"),
    ("en", Rule.MEDICAL_CLAIM, "It heals old wounds"),
    ("en", Rule.MEDICAL_CLAIM, "This prevents burnout"),
    ("en", Rule.MEDICAL_CLAIM, "It resets your nervous system"),
    ("en", Rule.MEDICAL_CLAIM, "Calming the vagus nerve"),
    ("en", Rule.MEDICAL_CLAIM, "Reset your mind"),
    ("en", Rule.MEDICAL_CLAIM, "It tells your brain that all is well"),
    ("en", Rule.MEDICAL_CLAIM, "Scientifically proven"),
    ("en", Rule.MEDICAL_CLAIM, "It is proven to help"),
    ("en", Rule.MEDICAL_CLAIM, "Works for everyone"),
    ("en", Rule.MEDICAL_CLAIM, "Guaranteed to help"),
    ("en", Rule.MEDICAL_CLAIM, "A detoxifying minute"),
    ("en", Rule.MEDICAL_CLAIM, "A digital detox"),
    ("en", Rule.MEDICAL_CLAIM, "From polyvagal theory"),
    ("en", Rule.MEDICAL_CLAIM, "It raises vagal tone"),
    ("en", Rule.MEDICAL_CLAIM, "Into a ventral vagal state"),
    ("en", Rule.MEDICAL_CLAIM, "It lowers your cortisol"),
    ("fr", Rule.MEDICAL_CLAIM, "La théorie polyvagale"),
    ("fr", Rule.MEDICAL_CLAIM, "Le tonus vagal"),
    ("fr", Rule.MEDICAL_CLAIM, "Une minute détox"),
    ("fr", Rule.MEDICAL_CLAIM, "Cela fait baisser le cortisol"),
    ("fr", Rule.MEDICAL_CLAIM, "Cela guérit le stress"),
    ("fr", Rule.MEDICAL_CLAIM, "Cela soigne l’anxiété"),
    ("fr", Rule.MEDICAL_CLAIM, "Prévient l’épuisement"),
    ("fr", Rule.MEDICAL_CLAIM, "Réinitialisez votre système nerveux"),
    ("fr", Rule.MEDICAL_CLAIM, "Cela active le nerf vague"),
    ("fr", Rule.MEDICAL_CLAIM, "Dites à votre cerveau que tout va bien"),
    ("fr", Rule.MEDICAL_CLAIM, "Cliniquement prouvé"),
    ("fr", Rule.MEDICAL_CLAIM, "C’est prouvé"),
    ("fr", Rule.MEDICAL_CLAIM, "Éliminez les toxines"),
    # client-details
    ("en", Rule.CLIENT_DETAILS, "Write the client’s name"),
    ("en", Rule.CLIENT_DETAILS, "Your clients' stories"),
    ("en", Rule.CLIENT_DETAILS, "The name of the client"),
    ("en", Rule.CLIENT_DETAILS, "Describe what happened"),
    ("en", Rule.CLIENT_DETAILS, "Remember the last session"),
    ("en", Rule.CLIENT_DETAILS, "Picture your most difficult client"),
    ("en", Rule.CLIENT_DETAILS, "Remember what your client told you"),
    ("en", Rule.CLIENT_DETAILS, "Think back to what your last client said"),
    ("en", Rule.CLIENT_DETAILS, "Bring a difficult client to mind"),
    ("fr", Rule.CLIENT_DETAILS, "Repensez à ce que votre cliente vous a dit"),
    ("fr", Rule.CLIENT_DETAILS, "Souvenez-vous de ce que l’usager a vécu"),
    ("fr", Rule.CLIENT_DETAILS, "Souvenez-vous de votre dernière cliente"),
    ("fr", Rule.CLIENT_DETAILS, "Le nom de la cliente"),
    ("fr", Rule.CLIENT_DETAILS, "L’histoire de l’usagère"),
    ("fr", Rule.CLIENT_DETAILS, "Le prénom de la personne accompagnée"),
    ("fr", Rule.CLIENT_DETAILS, "Décrivez ce qui s’est passé"),
    ("fr", Rule.CLIENT_DETAILS, "Racontez votre séance"),
    ("fr", Rule.CLIENT_DETAILS, "Pensez à un client"),
    ("en", Rule.CLIENT_DETAILS, "Think of your last client"),
    ("en", Rule.CLIENT_DETAILS, "Imagine your client’s face"),
    ("en", Rule.CLIENT_DETAILS, "Picture the worst moment of the session"),
    ("fr", Rule.CLIENT_DETAILS, "Pensez à votre dernier client"),
    ("fr", Rule.CLIENT_DETAILS, "Revoyez la dernière séance"),
    ("fr", Rule.CLIENT_DETAILS, "Imaginez le visage de votre cliente"),
    ("fr", Rule.CLIENT_DETAILS, "Repensez au pire moment"),
    # closed-eyes
    ("en", Rule.CLOSED_EYES, "Close your eyes."),
    ("en", Rule.CLOSED_EYES, "Closing the eyes, if you like"),
    ("en", Rule.CLOSED_EYES, "Eyes softly closed"),
    ("en", Rule.CLOSED_EYES, "Your eyes may gently close"),
    ("en", Rule.CLOSED_EYES, "Close your eyes and open your palms"),
    ("en", Rule.CLOSED_EYES, "Let your eyes fall shut"),
    ("en", Rule.CLOSED_EYES, "Your eyelids slowly drift down"),
    ("en", Rule.CLOSED_EYES, "With closed eyes"),
    ("fr", Rule.CLOSED_EYES, "Laissez tomber vos paupières; vos yeux se ferment"),
    ("fr", Rule.CLOSED_EYES, "Laissez vos paupières tomber"),
    ("fr", Rule.CLOSED_EYES, "Vous pouvez clore les yeux"),
    ("fr", Rule.CLOSED_EYES, "Fermez les yeux"),
    ("fr", Rule.CLOSED_EYES, "Fermez doucement les yeux"),
    ("fr", Rule.CLOSED_EYES, "Les yeux bien fermés"),
    ("fr", Rule.CLOSED_EYES, "Les paupières closes"),
    ("fr", Rule.CLOSED_EYES, "Vos yeux peuvent se fermer"),
]

INNOCENT = {
    "en": [
        "calmtray",
        "You might sit calmly; the calm of the room is around you.",
        "A deep blue, knee-deep, deeply held.",
        "Not a deep breath: an ordinary one. No deep breaths here.",
        "A relaxed pace, a relaxing colour, relaxation",
        "If you are calm, fine. Hold the wall for four breaths. The room is warm, the kettle is safe on its shelf.",
        "Let the ice melt; let the thought of it go by. Soften your voice. Be present at the meeting if you can.",
        "Breathe out all you like. You may feel joy, or not; if you feel grounded, fine.",
        "Let it go and carry on. Let the square go.",
        "Letting go of the handle, you might let go of the wall.",
        "A place where you feel safe, a safe distance",
        "If you feel calm, or if you feel nothing, either is fine.",
        "You’ll feel the floor.",
        "The pace may be calm; a smaller step may feel better.",
        "Clear your desk; an empty mug",
        "You don’t have to do anything. Is there something you need to eat? If you have to leave, leave.",
        "If it should hurt, stop.",
        "What should stay can stay.",
        "Without trying to change it. No need to try to count.",
        "Stop or keep going, as you like. The corridor keeps going.",
        "Stay as long as you like; a strong smell",
        "A streak of light on the wall, three in a row",
        "An underscore, a scoreboard",
        "Wash and reset. Reset the timer.",
        "A small treat; treat yourself to a manicure. It is secure. There is no cure for Mondays.",
        "In the lab, cold water activated the vagus nerve. Unproven, and never proven to help.",
        "Nothing works for everyone; no guarantee.",
        "A healing cut can stay dry.",
        "Without a client’s name; no client names, nobody’s story.",
        "Think of a colleague. The session is over. What happened to the weather?",
        "Eyes open, low or closed, as you like.",
        "Your eyes might rest on something close to you. The door closes.",
        "As far as is comfortable, as slowly as you like; breathe as you like, as long as that suits you.",
        "A hand might hold the cup. You can hold still. No need to hold your breath; without holding the breath.",
        "Unwind the scarf, unwind a thread; wash the cup in the sink; the sun sinks.",
        "Notice how warm the cup is, how it feels, how the light falls.",
        "The calm of the room; calm and quiet; a calm sea",
        "If all is quiet, that counts too. An empty chair, an empty screen.",
        "Is somebody’s safety at stake? If everything is fine, carry on.",
        "Yesterday, last week, last time. Not better than yesterday, only other.",
        "In one study vagal activity rose. Lower your cup; the price of adrenaline sports",
        "You might remember what you had for lunch; a word about what a colleague said.",
        "Your eyes can wander down the wall, drop by drop. A heavy lid on the pot",
        "You might let yourself go home early.",
    ],
    "fr": [
        "calmtray",
        "Le calme de la pièce, une voix calme",
        "Un bleu profond, la grande table. Pas de grande inspiration.",
        "La détente, un rythme détendu; sentez-vous bien vos pieds?",
        "Relâchez la pression sur le mur; lâchez la balle.",
        "Laissez venir une respiration ordinaire.",
        "Il faut moins d’air qu’on pense. Il faut peu d’air, quatre chaises, autre chose.",
        "S’il faut partir, partez. Une personne comme il faut",
        "Si vous devez partir, partez. Vous ne devez rien à personne. Ce que vous devez",
        "Essayez un autre côté. Sans essayer",
        "Vous pouvez continuer ou vous arrêter; continuez si ça vous va.",
        "Une série de sons, deux fois de suite",
        "Notez comment c’est. Notez trois choses.",
        "Un curé, le système nerveux, le cerveau",
        "Une étude a trouvé que le froid a activé le nerf vague. Rien n’est prouvé.",
        "On a traité l’anxiété dans cette étude. La guérison d’une plaie. Sans garantie.",
        "Sans le nom de la cliente, ni histoire. Aucun nom d’usager",
        "Pensez à une collègue. La séance est finie.",
        "Yeux ouverts, baissés ou fermés, comme vous voulez.",
        "La porte fermée; une fenêtre close",
        "Autant que vous voulez; respirez comme vous voulez. Rien à retenir. Le plus souvent",
        "Sans retenir le souffle; inutile de retenir votre respiration; retenez une couleur, une place.",
        "Le calme de la pièce. La paix du jardin. Sentez-vous le sol? Vous sentez quelque chose, ou rien.",
        "Remarquez comme la tasse est chaude. L’écran vide, un verre à vider",
        "Si tout va bien, continuez votre journée. La sécurité de quelqu’un",
        "Hier, la dernière fois. Pas mieux qu’hier, autrement.",
        "L’activité vagale a augmenté dans une étude. Laissez tomber une plume.",
        "Repensez à ce que vous avez mangé. Rappelez-vous l’heure.",
    ],
}


@pytest.mark.parametrize(("lang", "rule", "text"), FOUND, ids=lambda value: str(value)[:30])
def test_what_would_better_be_said_otherwise_is_found(lang, rule, text):
    assert found(says(text, lang)) == [(rule, f"steps[0].say.{lang}")]


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in INNOCENT.items() for text in texts])
def test_what_only_looks_alike_is_left_alone(lang, text):
    assert found(says(text, lang)) == []


def test_every_phrase_rule_is_tried_in_both_languages():
    tried = {(lang, rule) for lang, rule, _ in FOUND}
    rules = {each.rule for each in FORBIDDEN} | {Rule.CLOSED_EYES, Rule.SPOKEN_HOLD}
    assert tried == {(lang, rule) for lang in ("en", "fr") for rule in rules}


def test_a_finding_quotes_what_it_found_and_each_phrase_once():
    first, second = lint(says("Relax your jaw, relax your neck. Calm\u00a0down!"))
    assert [problem.details["got"] for problem in (first, second)] == ["relax", "calm down"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Relax.", {"title", "summary", "caution", "steps[0].say"}),
        # A caution names what to pass by, and why reports what was studied.
        ("Take a deep breath.", {"title", "summary", "steps[0].say"}),
        ("Close your eyes.", {"title", "summary", "steps[0].say"}),
        ("It cures everything.", {"title", "summary", "caution", "why.text", "steps[0].say"}),
    ],
)
def test_a_rule_looks_where_it_matters(text, places):
    words = {"en": text}
    made = practice(
        replace(quiet(60_000), say=words),
        title=words,
        summary=words,
        caution=words,
        why=Why(Grade.D, words),
        eyes=Eyes.OPTIONAL,
    )
    assert {where for _, where in found(made)} == {f"{place}.en" for place in places}


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "Eyes open, low or closed."), ("fr", "Yeux ouverts, baissés ou fermés.")]
)
def test_where_eyes_stay_open_no_closing_is_offered(lang, text):
    assert found(says(text, lang, Eyes.OPEN)) == [(Rule.OPEN_EYES, f"steps[0].say.{lang}")]
    assert found(says(text, lang, Eyes.OPTIONAL)) == []


@given(st.text(max_size=200))
def test_plain_text_stays_plain(text):
    once = plain(text)
    assert plain(once) == once
    assert "’" not in once
    assert not re.search(r"\s{2}", once)


# Time for the words.


@pytest.mark.parametrize(("number", "over"), [(28, []), (29, [(Rule.TOO_MANY_WORDS, "steps[0].say.en")])])
def test_words_fill_three_quarters_of_a_step_at_the_most(number, over):
    # At 115 a minute, 15 of 20 s hold 28.75 words.
    assert found(practice(quiet(20_000, "word " * number))) == over


def test_too_many_words_are_counted_beside_how_many_fit():
    (problem,) = lint(practice(quiet(20_000, "word " * 40)))
    assert problem.details == {"words": 40, "most": 28, "seconds": 20.0}


def test_paced_steps_need_quiet_too():
    step = breathing(INWARD_BREATH, 2, "word " * 21)
    assert found(practice(step, quiet(10_000, "Here."), inward=1)) == [(Rule.TOO_MANY_WORDS, "steps[0].say.en")]


# Sources.


@pytest.mark.parametrize("grade", Grade)
def test_evidence_has_a_source_and_tradition_may_have_none(grade):
    made = practice(why=Why(grade, {"en": "Why not."}))
    assert found(made) == ([] if grade is Grade.D else [(Rule.NO_SOURCE, "why.sources")])
    assert found(replace(made, why=replace(made.why, sources=("someone-1999",)))) == []


# Inward, and out again.

OUTSIDE, INSIDE = quiet(20_000, "A colour."), replace(quiet(20_000, "Your hands."), inward=True)
BREATHED = breathing(INWARD_BREATH, 3)


@pytest.mark.parametrize(
    ("steps", "inward", "expected"),
    [
        ((OUTSIDE, OUTSIDE), 0, []),
        ((OUTSIDE, OUTSIDE), 1, []),
        ((OUTSIDE, OUTSIDE), 2, [(Rule.INWARD_UNMARKED, "inward")]),
        ((OUTSIDE, INSIDE, OUTSIDE), 1, []),
        ((OUTSIDE, BREATHED, OUTSIDE), 2, []),
        ((INSIDE, OUTSIDE), 0, [(Rule.INWARD_UNSAID, "inward")]),
        ((OUTSIDE, INSIDE), 1, [(Rule.NO_WAY_OUT, "steps[1]")]),
        ((OUTSIDE, INSIDE, BREATHED), 2, [(Rule.NO_WAY_OUT, "steps[2]")]),
        ((BREATHED, INSIDE, OUTSIDE), 1, []),
        # A way out that nobody speaks of is none.
        ((OUTSIDE, INSIDE, quiet(5_000)), 1, [(Rule.NO_WAY_OUT, "steps[1]")]),
        ((OUTSIDE, INSIDE, quiet(5_000), OUTSIDE), 1, []),
    ],
)
def test_what_turns_inward_says_so_and_leads_out_again(steps, inward, expected):
    assert found(practice(*steps, inward=inward)) == expected


# Slow breaths and holds.


def slow(say: str, caution: str = "", lang: str = "en", pattern: Pattern = FOUR_SIX) -> Practice:
    step = replace(breathing(pattern, 12), say={lang: say} if say else {})
    text = {lang: "-"}
    return practice(
        step,
        languages=(lang,),
        title=text,
        summary=text,
        why=Why(Grade.D, text),
        caution={lang: caution} if caution else {},
        inward=1,
    )


SMALL, STOP = (Rule.SMALL_AND_SOFT, "steps[0].say"), (Rule.SMALLER_OR_STOP, "steps[0].say")


@pytest.mark.parametrize(
    ("lang", "say", "caution", "expected"),
    [
        ("en", "Small and soft; less air than you think. Light-headed or tingling? Smaller, or stop.", "", []),
        ("en", "Gentle breaths, less air than usual.", "Dizzy, or tingling fingers: stop.", []),
        ("en", "", "It is easy to take too much air: small is plenty. Lightheaded: smaller.", []),
        ("en", "Small and soft.", "", [SMALL, STOP]),
        ("en", "Less air than you think.", "Dizzy? Stop.", [SMALL]),
        ("en", "Smaller, or stop. Less air.", "", [STOP]),
        ("en", "", "", [SMALL, STOP]),
        ("en", "The stopover, faintly small, hairless airports", "", [SMALL, STOP]),
        ("fr", "Petit et doux; il faut moins d’air qu’on pense. La tête tourne, ça picote? Plus petit.", "", []),
        ("fr", "Respirations légères, moins d'air.", "Vertiges : on s’arrête.", []),
        ("fr", "Petit et doux.", "Des picotements : une pause.", [SMALL]),
        ("fr", "Petit et doux; moins d’air.", "", [STOP]),
    ],
)
def test_slow_breaths_come_with_small_and_soft_and_smaller_or_stop(lang, say, caution, expected):
    assert found(slow(say, caution, lang)) == [(rule, f"{where}.{lang}") for rule, where in expected]


def test_quicker_breaths_do_without():
    assert found(slow("In, and out.", pattern=breath((IN, 3_000), (OUT, 4_000)))) == []


def test_the_finding_lies_at_the_first_slow_breath():
    quick = breathing(breath((IN, 3_000), (OUT, 4_000)), 3)
    assert {where for _, where in found(practice(quick, quiet(9_000), breathing(FOUR_SIX, 3), inward=1))} == {
        "steps[2].say.en"
    }


def test_a_breath_turns_inward_whether_its_pattern_says_so_or_not():
    quick = breathing(breath((IN, 3_000), (OUT, 4_000)), 3)
    for made in (practice(quick), practice(OUTSIDE, category=Category.BREATH)):
        assert found(made) == [(Rule.BREATH_UNSAID, "inward")]
        assert found(replace(made, inward=1)) == []
    # Where a step says so, one finding is enough.
    assert found(practice(BREATHED, OUTSIDE)) == [(Rule.INWARD_UNSAID, "inward")]


def test_words_may_speak_of_a_hold_that_is_breathed():
    held = breathing(replace(BOX, cautions=frozenset()), 20, "Hold the breath softly.")
    made = practice(held, caution={"en": "Some bodies prefer to skip holds."}, inward=1)
    assert Rule.SPOKEN_HOLD not in [code for code, _ in found(made)]
    assert found(practice(quiet(20_000), caution={"en": "Please do not stop breathing."})) == []


def test_a_hold_comes_with_a_caution():
    box = practice(breathing(replace(BOX, cautions=frozenset()), 4))
    assert (Rule.HOLD_WITHOUT_CAUTION, "caution") in found(box)
    warned = replace(box, caution={"en": "Some bodies prefer to skip holds."})
    assert Rule.HOLD_WITHOUT_CAUTION not in [code for code, _ in found(warned)]


# Overruling.

TWICE = practice(quiet(60_000, "Relax."), quiet(60_000, "Try to relax."))


@pytest.mark.parametrize(
    ("overrules", "expected"),
    [
        ([], [("ordered-feeling", 0), ("ordered-feeling", 1), ("pressure", 1)]),
        ([Overrule(Rule.ORDERED_FEELING, "It quotes.")], [("pressure", 1)]),
        ([Overrule(Rule.ORDERED_FEELING, "It quotes.", "steps[1]")], [("ordered-feeling", 0), ("pressure", 1)]),
        ([Overrule(Rule.ORDERED_FEELING, "It quotes.", "steps[1].say.en")], [("ordered-feeling", 0), ("pressure", 1)]),
        (
            [Overrule(Rule.ORDERED_FEELING, "It quotes."), Overrule(Rule.PRESSURE, "It quotes.", "steps[1].say")],
            [],
        ),
    ],
)
def test_a_file_overrules_a_rule_everywhere_or_in_one_place(overrules, expected):
    made = replace(TWICE, overrules=tuple(overrules))
    assert found(made) == [(rule, f"steps[{step}].say.en") for rule, step in expected]


@pytest.mark.parametrize(
    "overrule",
    [
        Overrule(Rule.NO_SOURCE, "There is none."),
        Overrule(Rule.PRESSURE, "It quotes.", "steps[0]"),
        Overrule(Rule.PRESSURE, "It quotes.", "steps[1].say.fr"),
        Overrule(Rule.PRESSURE, "It quotes.", "steps[1].sa"),
        Overrule(Rule.PRESSURE, "It quotes.", "nonsense"),
    ],
)
def test_an_overrule_that_overrules_nothing_is_found(overrule):
    made = replace(TWICE, overrules=(Overrule(Rule.ORDERED_FEELING, "It quotes."), overrule))
    assert found(made) == [("pressure", "steps[1].say.en"), (IDLE, "overrules[1]")]


@given(practices())
def test_any_practice_can_overrule_all_that_is_said_of_it(made):
    rules = dict.fromkeys(Rule(problem.code) for problem in lint(made))
    assert lint(replace(made, overrules=tuple(Overrule(rule, "Because.") for rule in rules))) == ()


def test_a_file_full_of_overrules_is_judged_in_no_time():
    made = practice(*(quiet(2_000, "Relax. " * 2) for _ in range(2_000)))
    many = tuple(Overrule(Rule.PRESSURE, "It quotes.", f"steps[{index}]") for index in range(2_000))
    # Each weighed against each would be 8 million comparisons.
    assert len(lint(replace(made, overrules=many))) == 4_000


# Sentences.


def one_of_each() -> list[Practice]:
    """Practices that together go against every rule."""
    said = [says(text, lang) for lang, _, text in FOUND]
    whole = [
        practice(quiet(20_000, "word " * 40), why=Why(Grade.A, {"en": "Why not."}), inward=2),
        practice(INSIDE, overrules=(Overrule(Rule.PRESSURE, "It quotes."),)),
        practice(breathing(BOX, 4), breathing(FOUR_SIX, 2)),
        says("Eyes closed.", eyes=Eyes.OPEN),
    ]
    return said + whole


def test_every_rule_has_a_sentence_in_both_languages_that_names_it():
    problems = {problem.code: problem for made in one_of_each() for problem in lint(made)}
    assert problems.keys() == {*Rule, IDLE}
    sentences = {}
    for lang in ("en", "fr"):
        use_language(lang)
        for code, problem in problems.items():
            sentence = sentences[lang, code] = problem_text(problem)
            assert sentence.startswith(f"{problem.where}: ")
            assert "{" not in sentence
            assert code == IDLE or f"“{code}”" in sentence or f"«\u00a0{code}\u00a0»" in sentence
    assert len(set(sentences.values())) == len(sentences)
