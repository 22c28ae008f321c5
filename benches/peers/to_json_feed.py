"""to_json_feed.py LIBRARY FILE OUT: a feed to JSON Feed as a script with that library would do it."""

import json
import sys

library, source, target = sys.argv[1:]
if library != "fastfeedparser":
    sys.exit(f"there is no {library} here")

import fastfeedparser

with open(source, encoding="utf-8") as file:
    feed = fastfeedparser.parse(file.read())
items = [
    {
        "id": entry.get("id"),
        "url": entry.get("link"),
        "title": entry.get("title"),
        "content_html": (entry.get("content") or [{}])[0].get("value", ""),
        "summary": entry.get("description"),
        "date_published": entry.get("published"),
        "authors": [{"name": entry.get("author")}],
        "tags": [tag["term"] for tag in entry.get("tags", [])],
    }
    for entry in feed.entries
]
with open(target, "w", encoding="utf-8") as file:
    json.dump({"version": "https://jsonfeed.org/version/1.1", "title": feed.feed.get("title", ""), "items": items}, file)
