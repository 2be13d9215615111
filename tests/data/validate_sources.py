"""Holds what authors write to the schemas in docs/schemas: validate_sources.py SOURCES

SOURCES is a JSON list of objects with `file`, `schema` (site, notice, section or page) and `value`, what the settings or the
front matter say. Prints what does not fit; the exit code is 1 if anything does not.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def schema(name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return schema


FRONT_MATTER = schema("front-matter")
ANY_FILE = Draft202012Validator(FRONT_MATTER)
VALIDATORS = {name: [Draft202012Validator(part), ANY_FILE] for name, part in FRONT_MATTER["$defs"].items()}
VALIDATORS["site"] = [Draft202012Validator(schema("site"))]

sources = json.loads(Path(sys.argv[1]).read_text("utf-8"))
faults = [
    f"{source['file']}: {error.json_path}: {error.message[:300]}"
    for source in sources
    for validator in VALIDATORS[source["schema"]]
    for error in validator.iter_errors(source["value"])
]
print("\n".join(faults) or f"{len(sources)} files fit")
sys.exit(1 if faults else 0)
