#!/usr/bin/env python3
"""How fast slugline is beside other tools, as tables for docs/speed.md.

    python3 benches/speed.py [--small] [--write] [--work FOLDER]

Makes feeds and posts, builds the Rust peers of benches/peers, installs the Python and Node ones into the work folder
(default: target/speed), and runs each tool as a process of its own, in turns, so that a slow minute meets all of them.
What is shown are medians, and the ratio to the first row of each table. --small takes a tenth of the input; --write
puts the tables into docs/speed.md. A peer that cannot be installed is left out, which is said.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import random
import shutil
import statistics
import struct
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORDS = (
    "anchor basin cedar delta ember flint grove harbor inlet juniper kernel lantern meadow nimbus orchard pebble quarry "
    "ridge summit timber upland valley willow xenon yonder zenith archive beacon canvas drift engine forge glacier"
).split()


def sentence(rng, least=8, most=18):
    words = [rng.choice(WORDS) for _ in range(rng.randint(least, most))]
    return " ".join(words).capitalize() + "."


def body(rng):
    parts = [f"<p>{sentence(rng)} {sentence(rng)}</p>" for _ in range(rng.randint(3, 7))]
    parts.insert(1, f'<p><a href="https://{rng.choice(WORDS)}.example/{rng.randint(1, 999)}?a=1&amp;b=2">{sentence(rng)}</a></p>')
    parts.insert(2, "<ul>" + "".join(f"<li>{sentence(rng, 4, 8)}</li>" for _ in range(4)) + "</ul>")
    parts.append(f'<figure><img src="https://img.example/{rng.randint(1, 999)}.jpg" alt="{rng.choice(WORDS)}" width="640"/></figure>')
    return "\n".join(parts)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rss_item(rng, number):
    title = sentence(rng, 4, 8)[:-1]
    day = f"{rng.randint(1, 28):02} {rng.choice(['Jan', 'Mar', 'Jul'])} {2010 + number % 15}"
    return f"""    <item>
      <title>{title}</title>
      <link>https://news.example/{number}/{title.lower().replace(" ", "-")}?utm_source=rss&amp;utm_medium=feed</link>
      <guid isPermaLink="false">tag:news.example,2020:{number}</guid>
      <pubDate>{day} 09:{number % 60:02}:00 +0100</pubDate>
      <dc:creator><![CDATA[{rng.choice(WORDS).capitalize()} {rng.choice(WORDS).capitalize()}]]></dc:creator>
      <category>{rng.choice(WORDS)}</category>
      <category><![CDATA[{rng.choice(WORDS)}]]></category>
      <description><![CDATA[<p>{sentence(rng)}</p>]]></description>
      <content:encoded><![CDATA[{body(rng)}]]></content:encoded>
      <media:content url="https://img.example/{number}.jpg" medium="image" type="image/jpeg" width="1200" height="630">
        <media:title>{title}</media:title>
      </media:content>
      <enclosure url="https://cdn.example/{number}.mp3" length="{rng.randint(10**6, 10**8)}" type="audio/mpeg"/>
    </item>
"""


def make_rss(path, size):
    rng = random.Random(4287)
    with open(path, "w") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">\n  <channel>\n'
            "    <title>News</title>\n    <link>https://news.example/</link>\n    <description>All the news</description>\n"
        )
        number = 0
        while out.tell() < size:
            for _ in range(100):
                out.write(rss_item(rng, number))
                number += 1
        out.write("  </channel>\n</rss>\n")


def make_bodies(path, count):
    rng = random.Random(4287)
    items = [{"id": str(number), "content_html": body(rng) + f"<h2>{sentence(rng)}</h2>" + body(rng)} for number in range(count)]
    path.write_text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Bodies", "items": items}))


def make_posts(folder, count):
    rng = random.Random(4287)
    for number in range(count):
        title = sentence(rng, 4, 8)[:-1]
        slug = f"{title.lower().replace(' ', '-')}-{number}"
        path = folder / f"{number // 1000:03}" / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        tags = "".join(f"\n  - {rng.choice(WORDS)}" for _ in range(3))
        text = "\n\n".join(" ".join(sentence(rng) for _ in range(5)) for _ in range(rng.randint(3, 8)))
        path.write_text(
            f"---\ntitle: {title}\nslug: {slug}\ndate: {2010 + number % 15}-0{1 + number % 9}-{1 + number % 28:02}T09:00:00+01:00\n"
            f"source: https://news.example/{number}\ndescription: >-\n  {sentence(rng)}\n  {sentence(rng)}\ntags:{tags}\n"
            f"draft: false\n---\n{text}\n"
        )


def pack_files(folder, pack):
    """Puts the files below the folder into one, as benches/peers/src/bin/plain_loop.rs takes it."""
    with open(pack, "wb") as out:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name, text = path.relative_to(folder).as_posix().encode(), path.read_bytes()
            out.write(struct.pack("<II", len(name), len(text)) + name + text)


class Row:
    """A tool: its name, its command, how often it is run (slow ones once), and the folder that is not there before."""

    def __init__(self, name, command, runs=None, anew=None):
        self.name, self.command, self.runs, self.anew = name, [str(part) for part in command], runs, anew
        self.times, self.peak = [], 0

    def run(self):
        if self.anew:
            # Put aside and not removed: ext4 takes minutes to give out again what was, and looks long for others.
            if self.anew.exists():
                aside = self.anew.parent / "aside"
                aside.mkdir(exist_ok=True)
                self.anew.rename(aside / str(time.time_ns()))
            os.sync()  # what was written before is nobody's time
        null = os.open(os.devnull, os.O_WRONLY)
        actions = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
        start = time.perf_counter()
        child = os.posix_spawnp(self.command[0], self.command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
        took = time.perf_counter() - start
        os.close(null)
        code = os.waitstatus_to_exitcode(status)
        if code != 0:
            sys.exit(f"{self.name} ended with {code}: {' '.join(self.command)}")
        return took, usage.ru_maxrss // 1024


def table(title, rows, runs):
    """Runs the rows in turns and gives the table."""
    rows = [row for row in rows if row]
    for turn in range(-1, runs):
        for row in rows:
            if turn < 0 and row.runs is None:
                row.run()  # warms up
            elif 0 <= turn < (row.runs or runs):
                took, peak = row.run()
                row.times.append(took)
                row.peak = max(row.peak, peak)
    first = statistics.median(rows[0].times)
    lines = [f"### {title}\n", "| | seconds | times the first | peak, MB |", "|---|---:|---:|---:|"]
    for row in rows:
        took = statistics.median(row.times)
        lines.append(f"| {row.name} | {took:.3f} | {took / first:.1f} | {row.peak} |")
    return "\n".join(lines) + "\n"


def apart(make, *arguments):
    """Makes something in a process of its own: what this one holds counts as that of all it starts."""
    process = multiprocessing.Process(target=make, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"{make.__name__} failed")


def quiet(command, **more):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **more)


def python_peers(work):
    venv = work / "venv"
    try:
        if not (venv / "bin/python").exists():
            quiet([sys.executable, "-m", "venv", venv])
        packages = ["fastfeedparser", "feedparser", "python-frontmatter", "jsonschema-rs", "markdownify"]
        quiet([venv / "bin/pip", "install", "-q", *packages])
        return venv / "bin/python"
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"left out: the Python peers: {error}", file=sys.stderr)
        return None


def node_peers(work):
    folder = work / "node"
    folder.mkdir(exist_ok=True)
    try:
        packages = ["feedsmith", "gray-matter", "ajv", "ajv-formats", "turndown"]
        packages += ["remark", "remark-frontmatter", "remark-lint-frontmatter-schema", "vfile"]
        if not all((folder / "node_modules" / package).exists() for package in packages):
            quiet(["npm", "init", "-y"], cwd=folder)
            quiet(["npm", "install", "--silent", *packages], cwd=folder)
        for script in (ROOT / "benches/peers").glob("*.mjs"):
            shutil.copy(script, folder)
        return folder
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"left out: the Node peers: {error}", file=sys.stderr)
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target/speed")
    parser.add_argument("--slugline", type=pathlib.Path, default=ROOT / "target/release/slugline")
    options = parser.parse_args()
    work, slugline = options.work, options.slugline
    work.mkdir(parents=True, exist_ok=True)
    quiet(["cargo", "build", "--release", "--locked", "--manifest-path", ROOT / "Cargo.toml"])
    quiet(["cargo", "build", "--release", "--manifest-path", ROOT / "benches/peers/Cargo.toml", "--target-dir", work / "peers"])
    peers = work / "peers/release"
    python, node = python_peers(work), node_peers(work)
    scripts = ROOT / "benches/peers"

    scale = 10 if options.small else 1
    megabytes, count = 100 // scale, 10_000 // scale
    rss = work / f"feed-{megabytes}.xml"
    if not rss.exists():
        apart(make_rss, rss, megabytes * 1_000_000)
    atom, json_feed = rss.with_suffix(".atom"), rss.with_suffix(".json")
    for made, to in ((atom, "atom"), (json_feed, "json-feed")):
        if not made.exists():
            quiet([slugline, "convert", rss, "--to", to, "-o", made])
    posts, schema = work / f"posts-{count}", work / "schema.json"
    if not posts.exists():
        apart(make_posts, posts, count)
    schema.write_text(quiet([slugline, "schema", "post"]).stdout)

    out, runs, big_heap = work / "out.json", 5, "--max-old-space-size=8192"
    tables = [
        table(
            f"RSS of {megabytes} MB to JSON Feed",
            [
                Row("a bare pass of quick-xml", [peers / "pass", "xml", rss]),
                Row("**slugline**, into `/dev/null`", [slugline, "convert", rss, "--to", "json-feed"]),
                Row("**slugline**, into a file", [slugline, "convert", rss, "--to", "json-feed", "-o", out]),
                Row("`rss` and `serde_json`", [peers / "to_json_feed", "rss", rss, out], 3),
                Row("`feed-rs` and `serde_json`", [peers / "to_json_feed", "feed-rs", rss, out], 3),
                python and Row("fastfeedparser", [python, scripts / "to_json_feed.py", "fastfeedparser", rss, out], 1),
                node and Row("feedsmith", ["node", big_heap, node / "to_json_feed.mjs", rss, out], 1),
            ],
            runs,
        ),
        table(
            f"Atom of {atom.stat().st_size // 1_000_000} MB to JSON Feed",
            [
                Row("a bare pass of quick-xml", [peers / "pass", "xml", atom]),
                Row("**slugline**", [slugline, "convert", atom, "--to", "json-feed"]),
                Row("`feed-rs` and `serde_json`", [peers / "to_json_feed", "feed-rs", atom, out], 3),
            ],
            runs,
        ),
        table(
            f"JSON Feed of {json_feed.stat().st_size // 1_000_000} MB to RSS",
            [
                Row("a bare pass of `serde_json`", [peers / "pass", "json", json_feed]),
                Row("**slugline**", [slugline, "convert", json_feed, "--to", "rss"]),
            ],
            runs,
        ),
        table(
            f"{count:,} posts against a JSON Schema",
            [
                shutil.which("rg") and Row("`rg -c ^slug:`", ["rg", "-c", "^slug:", posts]),
                Row("**slugline**, all its rules", [slugline, "check", "--no-config", "--schema", schema, posts]),
                python and Row("python-frontmatter, jsonschema-rs", [python, scripts / "lint.py", schema, posts], 1),
                node and Row("gray-matter, ajv", ["node", node / "lint.mjs", schema, posts], 1),
                node and Row("remark-lint-frontmatter-schema", ["node", node / "remark.mjs", schema, posts], 1),
            ],
            runs,
        ),
    ]
    bodies = work / "bodies.json"
    if not bodies.exists():
        apart(make_bodies, bodies, 4_000)
    ndjson = work / "bodies.ndjson"
    tables.append(
        table(
            f"Bodies of {bodies.stat().st_size // 1_000_000} MB from HTML to Markdown",
            [
                Row("**slugline**", [slugline, "convert", bodies, "--to", "ndjson", "--body", "markdown", "-o", ndjson]),
                python and Row("markdownify", [python, scripts / "to_markdown.py", bodies, ndjson], 1),
                node and Row("turndown", ["node", node / "to_markdown.mjs", bodies, ndjson], 3),
            ],
            runs,
        )
    )
    pack, made = work / "posts.pack", work / "posts-of-rss"
    to_posts = [slugline, "convert", rss, "--to", "markdown", "--same-name", "suffix", "-o"]
    shutil.rmtree(work / "aside", ignore_errors=True)
    if not pack.exists():
        quiet([*to_posts, made])
        apart(pack_files, made, pack)
    # Line by line: what this process holds would count as its children's.
    with open(pack, "rb") as file:
        written = sum(line.startswith(b"slug: ") for line in file)
    tables.append(
        table(
            f"RSS of {megabytes} MB to {written:,} posts",
            [
                Row("writing the same files in a plain loop", [peers / "plain_loop", pack, made], anew=made),
                Row("the same, no file ever there in part", [peers / "plain_loop", pack, made, "--whole"], anew=made),
                Row("**slugline**, bodies in HTML, as the others", [*to_posts, made, "--body", "html"], anew=made),
                Row("**slugline**, bodies in Markdown", [*to_posts, made], anew=made),
                python and Row("feedparser, python-frontmatter", [python, scripts / "to_posts.py", rss, made], 1, made),
                node and Row("feedsmith, gray-matter", ["node", big_heap, node / "to_posts.mjs", rss, made], 1, made),
            ],
            3,
        )
    )
    text = "\n".join(tables)
    print(text)
    if options.write:
        page = ROOT / "docs/speed.md"
        begin, end = "<!-- tables -->\n", "<!-- end of tables -->\n"
        before, rest = page.read_text().split(begin)
        page.write_text(before + begin + "\n" + text + "\n" + end + rest.split(end)[1])


if __name__ == "__main__":
    main()
