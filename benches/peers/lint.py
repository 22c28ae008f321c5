"""lint.py SCHEMA FOLDER: checks the head of each post with python-frontmatter and jsonschema-rs."""

import datetime
import json
import pathlib
import sys

import frontmatter
import jsonschema_rs

schema, folder = sys.argv[1:]
validator = jsonschema_rs.validator_for(json.loads(pathlib.Path(schema).read_text()))


def plain(value):
    """Dates as the strings that they were written as, nearly: JSON Schema has no others."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


bad = 0
for path in pathlib.Path(folder).rglob("*.md"):
    head = plain(frontmatter.load(path).metadata)
    bad += not validator.is_valid(head)
print(bad, "bad")
