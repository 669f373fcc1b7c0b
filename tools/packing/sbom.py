"""A bill of materials (CycloneDX, JSON) beside each package: what it holds, which version, under which licence."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from calmtray.components import UNKNOWN, Component

KIN = uuid.uuid5(uuid.NAMESPACE_URL, "urn:calmtray:sbom")
ON_PYPI = "pkg:pypi/{name}@{version}"


def write(package: Path, components: Sequence[Component], libraries: Collection[str], when: str) -> Path:
    """For this package, whose first component is itself. ``libraries``: those that PyPI knows by their names."""
    own, *others = components
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    refs = [f"{one.name}@{one.version}" for one in others]
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # The same package has the same bill.
        "serialNumber": f"urn:uuid:{uuid.uuid5(KIN, digest)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(int(when), UTC).isoformat().replace("+00:00", "Z"),
            "component": {
                "type": "application",
                "bom-ref": package.name,
                "name": own.name,
                "version": own.version,
                "licenses": _licences(own),
                "hashes": [{"alg": "SHA-256", "content": digest}],
            },
        },
        "components": [_listed(one, one.name in libraries) for one in others],
        "dependencies": [{"ref": package.name, "dependsOn": refs}],
    }
    out = package.with_name(f"{package.name}.cdx.json")
    out.write_text(json.dumps(bill, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return out


def _listed(one: Component, is_library: bool) -> dict[str, Any]:
    listed = {
        "type": "library" if is_library else "data" if one.licence.startswith("CC-") else "library",
        "bom-ref": f"{one.name}@{one.version}",
        "name": one.name,
        "version": one.version,
    }
    if is_library:
        name = one.name.lower().replace("_", "-")
        listed["purl"] = ON_PYPI.format(name=name, version=one.version)
    return {**listed, "licenses": _licences(one)} if one.licence != UNKNOWN else listed


def _licences(one: Component) -> list[dict[str, Any]]:
    if " " in one.licence:
        return [{"expression": one.licence}]
    return [{"license": {"id": one.licence}}]
