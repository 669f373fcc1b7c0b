"""What hatchling does beside packing: compile the message catalogues, bring assets and practices along."""

from typing import Any

from babel.messages.frontend import CommandLineInterface
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = "src/calmtray/words/locale"


class CalmtrayBuildHook(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_all = ["pybabel", "--quiet", "compile", "--domain", "calmtray", "--directory"]
        CommandLineInterface().run([*compile_all, f"{self.root}/{LOCALE}"])  # type: ignore[no-untyped-call]
        # An editable install reads these two folders from the checkout. Copies of them would only grow stale,
        # so they are not named in pyproject.toml: hatchling would copy them there too.
        if version != "editable":
            build_data["force_include"].update({"assets": "calmtray/assets", "practices": "calmtray/practices"})
