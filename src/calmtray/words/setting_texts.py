"""The names of the settings, their choices, and what they do."""

from __future__ import annotations

from calmtray.practice.model import Need
from calmtray.settings.model import Setting, Unit
from calmtray.words.finding_texts import need_text
from calmtray.words.language import _, marked
from calmtray.words.texts import language_name

_SECTIONS = {
    "words": marked("Words"),
    "looks": marked("Looks"),
    "sound": marked("Sound"),
    "practices": marked("Practices"),
    "machine": marked("This computer"),
    "offers": marked("Offers"),
    "moments": marked("When"),
    "clock_times": marked("At times of the clock"),
    "working_hours": marked("Working hours"),
    "other_days": marked("Single days"),
    "amount": marked("How many"),
    "offered": marked("What is offered"),
    "shown": marked("How it comes"),
    "senses": marked("When not"),
    "circles": marked("With peers"),
    "agenda": marked("Your agenda"),
}

_NAMES = {
    "language": marked("Language"),
    "text_size": marked("Size of text"),
    "theme": marked("Light or dark"),
    "pacer": marked("How a breath is drawn"),
    "motion": marked("Motion"),
    "discreet": marked("Discreet: no sound at all"),
    "volume": marked("Volume of everything"),
    "voice_en": marked("Voice in English"),
    "voice_volume": marked("Volume of the voice"),
    "breath_sound": marked("Sound of the breath"),
    "breath_shape": marked("How it follows the breath"),
    "breath_volume": marked("Volume of the breath"),
    "bells_volume": marked("Volume of the bells"),
    "ambience": marked("A quiet background"),
    "ambience_volume": marked("Volume of the background"),
    "breath_holds": marked("Show practices with breath holds"),
    "ramp": marked("Begin slow breaths more quickly"),
    "shapes": marked("Shapes instead of colours"),
    "feelings": marked("Ask how I feel, now and then"),
    "open_at_login": marked("Open at login"),
    "offers": marked("Offer me a practice now and then"),
    "after_sessions": marked("After a client session"),
    "rhythm": marked("After a while of work"),
    "rhythm_minutes": marked("How long a while"),
    "day_start": marked("When the day begins"),
    "day_end": marked("When the day ends"),
    "offers_a_day": marked("At most, in a day"),
    "minutes_apart": marked("At least this far apart"),
    "minutes_held": marked("How long an offer may wait"),
    "offered": marked("Which practices"),
    "offered_seconds": marked("At most this long"),
    "offered_needs": marked("For moments like these"),
    "offer_as": marked("How it is shown"),
    "offer_sound": marked("A soft bell when a card comes"),
    "clock_times": marked("Times of the clock"),
    "working_hours": marked("Working hours"),
    "other_days": marked("Single days"),
    "circles": marked("Meetings with peers"),
    "agenda": marked("Files of the agenda"),
    "client_words": marked("Words in a title that mark a client session"),
    "circle_words": marked("Words in a title that mark a meeting with peers"),
    "agenda_all_busy": marked("Whatever else keeps me busy is a client session"),
    "sense_microphone": marked("Quiet while the microphone is in use"),
    "sense_camera": marked("Quiet while the camera is in use"),
    "sense_screen_sharing": marked("Quiet while the screen is shared"),
    "sense_do_not_disturb": marked("Quiet with “do not disturb”"),
    "sense_full_screen": marked("Quiet while something fills the screen"),
    "sense_away": marked("Quiet while nobody is there"),
    "sense_just_resumed": marked("Quiet for a minute after the computer wakes up"),
}

_HELP = {
    "motion": marked("Reduced motion shows every breath as a light that fades in and out, with words."),
    "discreet": marked("Nothing is heard; words and pacer go on."),
    "voice_en": marked("In French there is one voice: Siwis, a woman’s voice."),
    "breath_shape": marked(
        "As the breath: louder as you breathe in, and higher with the tone. The other way round: louder as you"
        " breathe out. Loudness only: the same sound in and out, fuller and fainter."
    ),
    "ambience": marked("It steps back while the voice speaks."),
    "breath_holds": marked(
        "Some bodies prefer to skip holds: in pregnancy, with heart or lung disease, high blood pressure, epilepsy,"
        " glaucoma or panic."
    ),
    "ramp": marked("A few quicker breaths first, then step by step to the slow ones."),
    "shapes": marked("The colour hunt then looks for a shape."),
    "feelings": marked(
        "About one practice in five then begins and ends with two sliders, which you may leave alone: the Affective"
        " Slider (Betella and Verschure, 2016, CC BY-SA 4.0). What you answer stays in the journal."
    ),
    "open_at_login": marked("It waits in the tray, without a window."),
    "offers": marked("Within your working hours, and never while you are in session."),
    "after_sessions": marked("The icon’s menu says when you are in session."),
    "minutes_held": marked("When its time comes in session, it may still come afterwards, within this time."),
    "offered_needs": marked(
        "What you choose here counts more than what you say on the Now page. With none chosen, what suits the moment is"
        " offered."
    ),
    "offer_as": marked("A notification has its own “Begin”, “Later” and “Not today” where the desktop shows them."),
    "offer_sound": marked("Never when discreet, and as loud as the bells of a practice."),
    "working_hours": marked("Nothing is offered outside them."),
    "other_days": marked("Holidays, days off, and days with hours of their own."),
    "agenda": marked(
        "Files that end in .ics, or folders of them that another program keeps up to date. calmtray reads when you are"
        " busy, and keeps no word of what it is about."
    ),
    "client_words": marked(
        "With commas between them. One counts where a word of the title begins with it, whatever its capitals and"
        " accents."
    ),
    "circles": marked("Supervision, a community of practice: a line tells you ten minutes ahead."),
}

_CHOICES = {
    ("language", "auto"): marked("As the system"),
    ("theme", "auto"): marked("As the desktop"),
    ("theme", "light"): marked("Light"),
    ("theme", "dark"): marked("Dark"),
    ("pacer", "circle"): marked("Circle"),
    ("pacer", "ribbon"): marked("Ribbon"),
    ("pacer", "wave"): marked("Wave"),
    ("pacer", "square"): marked("Square"),
    ("pacer", "bar"): marked("Bar"),
    ("pacer", "words"): marked("Words only"),
    ("motion", "auto"): marked("As the desktop"),
    ("motion", "full"): marked("Full"),
    ("motion", "reduced"): marked("Reduced"),
    ("voice_en", "emma"): marked("Emma, a woman’s voice"),
    ("voice_en", "michael"): marked("Michael, a man’s voice"),
    ("breath_sound", "off"): marked("None"),
    ("breath_sound", "swell"): marked("Soft swell, like air"),
    ("breath_sound", "tone"): marked("Soft tone"),
    ("breath_shape", "follow"): marked("As the breath"),
    ("breath_shape", "reverse"): marked("The other way round"),
    ("breath_shape", "loudness"): marked("Loudness only"),
    ("offers", "unasked"): marked("Not decided"),
    ("offers", "on"): marked("Yes, quietly"),
    ("offers", "off"): marked("No"),
    ("offered", "any"): marked("What suits the moment"),
    ("offered", "favourites"): marked("My favourites"),
    ("offered", "one-a-day"): marked("Today’s one first"),
    ("offer_as", "card"): marked("A small card"),
    ("offer_as", "notification"): marked("A notification of the system"),
    ("ambience", "off"): marked("None"),
    ("ambience", "room"): marked("A quiet room"),
    ("ambience", "rain"): marked("Rain"),
    ("ambience", "wind"): marked("Wind in leaves"),
    ("ambience", "drone"): marked("A low drone"),
}


def amount_text(setting: Setting, number: int) -> str:
    """A number of a setting with what it counts."""
    if setting.unit is Unit.MINUTES:
        return _("{minutes} min").format(minutes=number)
    return str(number) if setting.unit is Unit.TIMES else f"{number} %"


def section_text(section: str) -> str:
    """The heading of a section."""
    return _(_SECTIONS[section])


def setting_name(name: str) -> str:
    """The name of a setting."""
    return _(_NAMES[name])


def setting_help(name: str) -> str:
    """What it does, where the name does not say; else empty."""
    return _(_HELP[name]) if name in _HELP else ""


def choice_text(name: str, choice: str) -> str:
    """One choice of a setting."""
    if name == "language" and choice != "auto":
        return language_name(choice)
    if name == "offered_needs":
        return need_text(Need(choice))
    return _(_CHOICES[name, choice])
