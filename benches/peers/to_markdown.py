"""to_markdown.py FILE OUT: the bodies of a JSON Feed to Markdown with markdownify, a line of JSON each."""

import json
import sys

from markdownify import markdownify

source, target = sys.argv[1:]
with open(source, encoding="utf-8") as file:
    items = json.load(file)["items"]
with open(target, "w", encoding="utf-8") as file:
    for item in items:
        item["content_text"] = markdownify(item.pop("content_html"), heading_style="ATX")
        file.write(json.dumps(item) + "\n")
