"""Counts the lines of each room of src/: code, comments, tests; then its longest files and functions. `tests/lines.py [FOLDER]`

Tests are what stands below `#[cfg(test)] mod …` at the foot of a file, and files of tests. A function is counted from its
`fn` to the brace that closes it, as rustfmt sets both.
"""

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

root = Path(sys.argv[1] if len(sys.argv) > 1 else ".") / "src"
rooms = defaultdict(Counter)
files, functions, public = [], [], Counter()
for path in sorted(root.rglob("*.rs")):
    lines = path.read_text("utf-8").splitlines()
    inside = path.relative_to(root).with_suffix("").parts
    is_test = any(part.endswith("tests") or part in ("properties", "testing") for part in inside)
    foot = next((n for n, line in enumerate(lines) if line == "#[cfg(test)]" and lines[n + 1].endswith("{")), len(lines))
    code = [] if is_test else lines[:foot]
    room = rooms[inside[0]]
    room["tests"] += len(lines) - len(code)
    for line in code:
        word = line.strip()
        room["comments" if word.startswith("//") else "code" if word else "blank"] += 1
        public["pub" if re.match(r"pub (?!\(|use|mod)", word) else "other"] += 1
    files.append((len(lines), str(path)))
    start = None
    for n, line in enumerate(code):
        if start is None and (found := re.match(r"( *)(?:pub(?:\([a-z]+\))? )?(?:const )?fn (\w+)", line)):
            start = (n, found[1], found[2])
        if start and line == start[1] + "}":
            functions.append((n - start[0] + 1, f"{path}:{start[0] + 1} {start[2]}"))
            start = None

kinds = ("code", "comments", "blank", "tests")
print(f"{'room':12}" + "".join(f"{kind:>10}" for kind in kinds))
for name, room in sorted(rooms.items(), key=lambda one: -one[1]["code"]):
    print(f"{name:12}" + "".join(f"{room[kind]:>10}" for kind in kinds))
total = sum(rooms.values(), Counter())
print(f"{'all':12}" + "".join(f"{total[kind]:>10}" for kind in kinds))
print(f"production (code, comments, blank): {total['code'] + total['comments'] + total['blank']}")
print(f"items that are pub without (crate): {public['pub']}")
print("longest files:", *(f"{n} {path}" for n, path in sorted(files, reverse=True)[:3]), sep="\n  ")
long = [(n, name) for n, name in sorted(functions, reverse=True) if n > 60]
print(f"functions over 60 lines: {len(long)}", *(f"{n} {name}" for n, name in long), sep="\n  ")
