#!/usr/bin/env python3
"""Reads the heads that slugline writes with other YAML parsers, and compares the values.

Needs PyYAML (a reader of YAML 1.1); ruamel.yaml (1.2) is used too where it is installed. Run from anywhere.
"""
import json
import pathlib
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
readers = []
try:
    import yaml

    readers.append(("PyYAML", yaml.safe_load))
    if hasattr(yaml, "CSafeLoader"):
        readers.append(("libyaml", lambda text: yaml.load(text, Loader=yaml.CSafeLoader)))
except ImportError:
    pass
try:
    import ruamel.yaml

    readers.append(("ruamel.yaml", lambda text: ruamel.yaml.YAML(typ="safe", pure=True).load(text)))
except ImportError:
    pass
if not readers:
    print("skipped: neither PyYAML nor ruamel.yaml is installed")
    sys.exit(0)

test = ["cargo", "test", "--quiet", "--test", "emit", "--", "--ignored", "heads_for_other_readers"]
subprocess.run(test, cwd=root, check=True, stdout=subprocess.DEVNULL)
metadata = ["cargo", "metadata", "--format-version", "1", "--no-deps"]
target = json.loads(subprocess.run(metadata, cwd=root, check=True, capture_output=True).stdout)["target_directory"]
heads = sorted((pathlib.Path(target) / "tmp" / "heads").glob("*.yaml"))
failed = 0
for name, read in readers:
    for path in heads:
        wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
        text = path.read_bytes().decode("utf-8")
        try:
            got = read(text)
        except Exception as error:  # whatever a parser raises is a difference
            got = f"{type(error).__name__}: {error}"
        if got != wanted:
            failed += 1
            print(f"{name}: {path.name}\n  wanted {str(wanted)[:300]}\n  got    {str(got)[:300]}")
    print(f"{name}: {len(heads)} heads read")
sys.exit(1 if failed else 0)
