# Asks declorm-check to explain each check of a list and looks at the page's plan.
import subprocess
import sys

names = [line.split()[0] for line in open(sys.argv[1])]
assert len(names) >= 9, names
for name in names:
    page = subprocess.run([*sys.argv[2:], "--explain", name], check=True, capture_output=True,
                          text=True).stdout
    parts = [line for line in page.splitlines() if line.startswith("#")]
    assert parts == ["# " + name, "## Why", "## Example", "## The way out"], (name, parts)
    assert "error: " in page or "warning: " in page, name
