"""Checks the table of behaviours S1 to S108 in test/README.md: each stands in one row, and each test that is named is there,
also in rows of what goes beyond them."""
import pathlib
import re
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
seen, wrong = {}, []
for line in (TESTS / "README.md").read_text(encoding="utf-8").splitlines():
    row = re.fullmatch(r"\| ([SB]\d+[^|]*) \| [^|]+ \| ([^|]+) \|", line)
    if not row:
        continue
    for first, last in re.findall(r"S(\d+)(?:–S(\d+))?", row[1]):
        for number in range(int(first), int(last or first) + 1):
            if number in seen:
                wrong.append(f"S{number} stands in two rows")
            seen[number] = row[2]
    for test in re.findall(r"`([^`]+)`", row[2]):
        if not (TESTS / test).is_file():
            wrong.append(f"{row[1]}: there is no test {test}")
wrong += [f"S{number} is missing" for number in range(1, 109) if number not in seen]
print("\n".join(wrong) or f"{len(seen)} behaviours, {sum(row == 'not yet' for row in seen.values())} not yet")
sys.exit(bool(wrong))
