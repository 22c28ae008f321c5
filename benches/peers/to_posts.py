"""to_posts.py FILE FOLDER: a feed to posts with feedparser and python-frontmatter."""

import datetime
import pathlib
import re
import shutil
import sys

import feedparser
import frontmatter

source, target = sys.argv[1], pathlib.Path(sys.argv[2])
shutil.rmtree(target, ignore_errors=True)
target.mkdir(parents=True)
taken = {}
for entry in feedparser.parse(source).entries:
    slug = re.sub(r"[^a-z0-9]+", "-", entry.get("title", "").lower()).strip("-") or "untitled"
    taken[slug] = taken.get(slug, 0) + 1
    if taken[slug] > 1:
        slug = f"{slug}-{taken[slug]}"
    day = entry.get("published_parsed")
    content = entry.get("content") or [{"value": entry.get("summary", "")}]
    post = frontmatter.Post(
        content[0]["value"],
        title=entry.get("title"),
        date=datetime.datetime(*day[:6], tzinfo=datetime.timezone.utc) if day else None,
        slug=slug,
        description=entry.get("summary"),
        link=entry.get("link"),
        guid=entry.get("id"),
        author=entry.get("author"),
        tags=[tag["term"] for tag in entry.get("tags", [])],
    )
    (target / f"{slug}.md").write_text(frontmatter.dumps(post, sort_keys=False), encoding="utf-8")
