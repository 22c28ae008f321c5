#!/usr/bin/env python3
"""Kills slugline at chosen system calls, has them fail, sends it signals: see README.md beside this."""

import argparse
import collections
import concurrent.futures
import fcntl
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Calls that make and fill files, and calls that put them into their places.
WRITE = ["openat", "write", "close"]
PLACE = ["rename", "renameat", "renameat2", "fsync", "fdatasync", "syncfs", "mkdir", "mkdirat", "unlink", "unlinkat"]
ERRORS = ["ENOSPC", "EIO"]


def feed(count, edition):
    items = "".join(
        f"<item><title>Post number {n}</title><link>https://example.org/{n}</link><guid>https://example.org/{n}</guid>"
        f"<pubDate>Wed, 24 Sep 2025 03:17:09 +0000</pubDate>"
        f"<description>&lt;p&gt;Edition {edition} of {n}. {'Snow on the ridge. ' * (n % 40)}&lt;/p&gt;</description></item>\n"
        for n in range(count)
    )
    return (
        '<rss version="2.0"><channel><title>T</title><link>https://example.org/</link><description>D</description>\n'
        f"{items}</channel></rss>\n"
    )


class Import:
    """Posts from a feed; every fifth is there already in an older edition, and is written again."""

    name = "convert"

    def __init__(self, binary, posts, folder):
        self.binary, self.feed, self.start = binary, folder / "feed.xml", folder / "start"
        old = folder / "old.xml"
        old.write_text(feed(posts, 1))
        self.feed.write_text(feed(posts, 2))
        quiet([binary, "convert", old, "--to", "markdown", "-o", self.start])
        for number, path in enumerate(sorted(self.start.glob("*.md"))):
            if number % 5:
                path.unlink()

    def command(self, out):
        return [self.binary, "convert", self.feed, "--to", "markdown", "-o", out, "--existing", "overwrite"]


class Fix:
    """`check --fix` of posts that each have something to mend."""

    name = "check --fix"

    def __init__(self, binary, posts, folder):
        self.binary, self.start = binary, folder / "start"
        self.start.mkdir()
        for number in range(posts):
            text = f"---\ntitle: Post {number}\ntitle: Post {number}\nslug: p-{number}\ndate: 2025-09-24\nsource: S\n---\n"
            (self.start / f"p-{number}.md").write_text(text + "Snow on the ridge.\n" * (number % 40 + 1))

    def command(self, out):
        return [self.binary, "check", "--no-config", "--fix", "--exit-zero", out]


def quiet(command, **more):
    return subprocess.run([str(part) for part in command], capture_output=True, **more)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def posts(folder):
    return {name: text for name, text in tree(folder).items() if name.endswith(".md")}


# What was imported, taken down now and then: in the middle of a run it is neither what it was nor what it is to be.
INDEX = ".slugline-index.ndjson"


def is_ours(name):
    name = os.path.basename(name)
    return name.startswith(".slugline-") and name.endswith(".tmp")


def is_whole(bytes_):
    """Whether a file is lines of JSON to its end."""
    try:
        return bytes_.endswith(b"\n") and all(json.loads(line) for line in bytes_.splitlines())
    except ValueError:
        return False


class Bench:
    """A job, what it gives undisturbed, and the runs that are disturbed."""

    def __init__(self, job):
        self.job, self.before = job, tree(job.start)
        with tempfile.TemporaryDirectory() as work:
            out = pathlib.Path(work) / "out"
            shutil.copytree(job.start, out)
            done = quiet(job.command(out))
            assert done.returncode == 0, done.stderr.decode()
            self.after = tree(out)
        assert self.after != self.before and not any(map(is_ours, self.after))

    def counts(self, calls, *inject):
        """How many of the calls the thread makes that makes most of them."""
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            shutil.copytree(self.job.start, work / "out")
            trace = ["strace", "-ff", "-o", work / "log", "-e", f"trace={known(calls)}", *inject]
            quiet([*trace, *self.job.command(work / "out")])
            logs = [path.read_text(errors="replace").splitlines() for path in work.glob("log*")]
            return max(sum(1 for line in log if re.match(r"\w+\(", line)) for log in logs)

    def run(self, *inject, may_litter=False):
        """A disturbed run and one after it. Gives the exit code, what was said, and what is wrong."""
        inject = [word for one in inject for word in ("-e", one)]
        with tempfile.TemporaryDirectory() as work:
            out = pathlib.Path(work) / "out"
            shutil.copytree(self.job.start, out)
            disturbed = quiet(["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", *inject, *self.job.command(out)])
            now, wrong = tree(out), []
            for name, bytes_ in now.items():
                if is_ours(name):
                    if not may_litter:
                        wrong.append(f"litter {name}")
                elif name == INDEX:
                    if not is_whole(bytes_):
                        wrong.append("torn index")
                elif bytes_ not in (self.before.get(name), self.after.get(name)):
                    wrong.append(f"torn {name}")
            wrong += [f"lost {name}" for name in self.before if name not in now]
            if disturbed.returncode == 0 and now != self.after:
                wrong.append("exit code 0 and not done")
            again = quiet(self.job.command(out))
            if again.returncode != 0:
                wrong.append(f"run again: {again.stderr.decode()}")
            elif tree(out) != self.after:
                wrong.append("run again: another tree")
            return disturbed.returncode, disturbed.stderr.decode(errors="replace"), wrong


def known(calls):
    """Those that this machine has (some have no `rename`)."""
    return ",".join(call for call in calls if quiet(["strace", "-e", f"trace={call}", "true"]).returncode == 0)


class Tally:
    def __init__(self, title):
        self.title, self.codes, self.wrong, self.runs = title, collections.Counter(), [], 0

    def add(self, point, code, wrong):
        self.runs += 1
        self.codes[code] += 1
        self.wrong += [f"{point}: {what}" for what in wrong]

    def show(self):
        codes = ", ".join(f"{code}: {count}" for code, count in sorted(self.codes.items()))
        print(f"{self.title}: {self.runs} runs, {len(self.wrong)} wrong (exit codes {codes})", flush=True)
        for line in self.wrong[:20]:
            print(f"  {line}")
        return not self.wrong


def several(options, points, one, tally):
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for point, (code, _, wrong) in zip(points, pool.map(one, points)):
            tally.add(point, code, wrong)
    return tally.show()


def benches(options, posts, folder):
    for kind in (Import, Fix):
        (folder / kind.__name__).mkdir()
        yield Bench(kind(options.binary, posts, folder / kind.__name__))


def random_points(bench, count, rng):
    """Calls, and which invocation of each: strace counts every kind of call on its own, in every thread."""
    counts = {call: bench.counts([call]) for call in WRITE + PLACE if known([call])}
    calls = rng.choices(list(counts), weights=counts.values(), k=count)
    return [(call, rng.randint(1, counts[call])) for call in calls]


def kill(options, folder):
    rng, fine = random.Random(options.seed), True
    for bench in benches(options, options.posts or 5000, folder):
        points = random_points(bench, options.count or 500, rng)
        tally = Tally(f"kill -9, {bench.job.name}")
        one = lambda point: bench.run(f"inject={point[0]}:signal=KILL:when={point[1]}", may_litter=True)
        fine &= several(options, points, one, tally)
    return fine


def fail(options, folder):
    fine = True
    for bench in benches(options, options.posts or 50, folder):
        for call in ["write", "fsync", "fdatasync", "syncfs", "rename", "renameat", "renameat2", "openat", "close", "mkdirat"]:
            if not known([call]):
                continue
            most = bench.counts([call])
            # The file system may be one that cannot be flushed at once: then each file is.
            if call == "fsync":
                alone = "inject=syncfs:error=ENOSYS"
                most_alone = bench.counts([call, "syncfs"], "-e", alone)
                for error in ERRORS:
                    tally = Tally(f"fsync of each file fails with {error}, {bench.job.name}")
                    one = lambda n: bench.run(alone, f"inject=fsync:error={error}:when={n}")
                    fine &= several(options, list(range(1, most_alone + 1)), one, tally)
            for error in ERRORS + (["EMFILE", "EACCES"] if call == "openat" else ["EDQUOT"] if call in ("write", "fsync") else []):
                if most:
                    tally = Tally(f"{call} fails with {error}, {bench.job.name}")
                    one = lambda n: bench.run(f"inject={call}:error={error}:when={n}")
                    fine &= several(options, list(range(1, most + 1)), one, tally)
    return fine


def signals(options, folder):
    rng, fine = random.Random(options.seed), True
    for bench in benches(options, options.posts or 1000, folder):
        for name in ("INT", "TERM", "HUP"):
            number = getattr(signal, f"SIG{name}").value
            tally = Tally(f"SIG{name}, {bench.job.name}")

            def one(point):
                code, said, wrong = bench.run(f"inject={point[0]}:signal={name}:when={point[1]}")
                # Before anything is written, and when all is done, the signal acts as it does without us.
                if code not in (0, 128 + number, -number):
                    wrong.append(f"exit code {code}")
                if code == 128 + number and "interrupted: " not in said:
                    wrong.append(f"said {said!r}")
                return code, said, wrong

            fine &= several(options, random_points(bench, options.count or 100, rng), one, tally)
    return fine


def edge(options, folder):
    """What needs no tracing."""
    wrong = []
    small, large = folder / "small.xml", folder / "large.xml"
    small.write_text(feed(50, 1))
    large.write_text(feed(options.posts or 5000, 1))
    convert = lambda source, out: [options.binary, "convert", source, "--to", "markdown", "-o", out]

    def expect(what, condition, said=""):
        print(f"{'fine ' if condition else 'WRONG'} {what}", flush=True)
        if not condition:
            wrong.append(what)
            print(f"      {said}")

    # Two runs at once.
    out = folder / "two"
    out.mkdir()
    holder = os.open(out, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    second = quiet(convert(small, out))
    expect("a folder that another run writes to: exit code 2, nothing written", second.returncode == 2 and not tree(out), second.stderr)
    os.close(holder)
    expect("once that has ended: written", quiet(convert(small, out)).returncode == 0 and len(posts(out)) == 50)
    out = folder / "race"
    runs = [subprocess.Popen([str(part) for part in convert(large, out)], stderr=subprocess.PIPE) for _ in range(2)]
    codes = sorted(run.wait() for run in runs)
    expect(f"two real runs at once: exit codes {codes}, all posts there", codes in ([0, 0], [0, 2]) and len(posts(out)) == (options.posts or 5000))

    # A run that is killed leaves a lock to nobody, and its files are swept.
    out = folder / "killed"
    run = subprocess.Popen([str(part) for part in convert(large, out)], stderr=subprocess.DEVNULL)
    while not (out.exists() and any(map(is_ours, os.listdir(out)))) and run.poll() is None:
        time.sleep(0.001)
    run.kill()
    run.wait()
    left = sum(map(is_ours, tree(out)))
    quiet(convert(large, out))
    expect(f"{left} temporary files of a killed run are swept", not any(map(is_ours, tree(out))))

    # Streams.
    shell = lambda line: subprocess.run(["bash", "-c", line], capture_output=True)
    one = f"'{options.binary}' convert '{small}' --to json-feed"
    for what, line, codes in [
        ("standard output is full", f"{one} > /dev/full", [2]),
        ("nobody reads on", f"{one} | head -c 1; exit ${{PIPESTATUS[0]}}", [0]),
        ("standard output is closed", f"{one} >&-", [0, 2]),
        ("standard error is closed", f"{one} 2>&- > /dev/null", [0]),
        ("standard error is full", f"{one} 2> /dev/full > /dev/null", [0]),
        ("a report that nobody may lose", f"'{options.binary}' check '{small}' > /dev/full", [2]),
    ]:
        done = shell(line)
        expect(f"{what}: exit code {done.returncode}", done.returncode in codes and b"panic" not in done.stderr, done.stderr)

    # Few open files.
    out = folder / "few"
    done = shell(f"ulimit -n 16; '{options.binary}' convert '{large}' --to markdown -o '{out}'")
    expect(f"16 open files: exit code {done.returncode}", done.returncode == 0 and len(posts(out)) == (options.posts or 5000), done.stderr)

    # Files that may not grow, as a full disk.
    out = folder / "short"
    done = shell(f"trap '' XFSZ; ulimit -f 1; '{options.binary}' convert '{small}' --to rss -o '{out}.xml'")
    expect("a file that may not grow: exit code 2, no file", done.returncode == 2 and not pathlib.Path(f"{out}.xml").exists(), done.stderr)
    disk = folder / "disk"
    disk.mkdir()
    if quiet(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]).returncode == 0:
        try:
            done = quiet(convert(large, disk / "posts"))
            stands = posts(disk / "posts")
            whole = quiet(convert(large, folder / "whole")).returncode == 0 and posts(folder / "whole")
            told = f"{len(stands)} of {len(whole)} posts are written".encode() in done.stderr
            fine = done.returncode == 2 and stands and told and all(whole[name] == text for name, text in stands.items())
            expect(f"a disk of 1 MB: exit code {done.returncode}, {len(stands)} whole posts", fine, done.stderr)
            print("      " + done.stderr.decode().replace("\n", "\n      ").strip())
        finally:
            quiet(["umount", disk])
    else:
        print("skip  a full disk: no file system can be mounted here")
    return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["kill", "fail", "signal", "edge"])
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "target/release/slugline")
    parser.add_argument("--count", type=int)
    parser.add_argument("--posts", type=int)
    parser.add_argument("--seed", type=int, default=4287)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    options.binary = options.binary.resolve()
    if not options.binary.exists():
        sys.exit(f"{options.binary} is not there: cargo build --release, or --binary")
    if options.what != "edge":
        if not shutil.which("strace"):
            print("skipped: there is no strace here (`apt-get install strace`)")
            return
        if quiet(["strace", "-qq", "-o", "/dev/null", "true"]).returncode != 0:
            print("skipped: strace may not trace here")
            return
    with tempfile.TemporaryDirectory(prefix="slugline-crash-") as folder:
        work = {"kill": kill, "fail": fail, "signal": signals, "edge": edge}[options.what]
        sys.exit(0 if work(options, pathlib.Path(folder)) else 1)


if __name__ == "__main__":
    main()
