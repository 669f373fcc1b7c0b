"""What argparse says by itself, marked so that the catalogues carry it; argparse looks it up through gettext."""

from __future__ import annotations

from calmtray.words.language import marked

SENTENCES = (
    marked("usage: "),
    marked("positional arguments"),
    marked("options"),
    marked("show this help message and exit"),
    marked("unrecognized arguments: %s"),
    marked("the following arguments are required: %s"),
    marked("argument %(argument_name)s: %(message)s"),
    marked("invalid choice: %(value)r (choose from %(choices)s)"),
    marked("expected one argument"),
    marked("expected at least one argument"),
    marked("ignored explicit argument %r"),
    marked("ambiguous option: %(option)s could match %(matches)s"),
)
