"""Prints the fenced block that follows <!-- NAME --> in a Markdown file."""
import re
import sys

path, name = sys.argv[1:]
text = open(path, encoding="utf-8").read()
found = re.search(r"<!-- %s -->\s*^```\w*\n(.*?)^```$" % re.escape(name), text, re.M | re.S)
if not found:
    sys.exit("block.py: %s has no block after <!-- %s -->" % (path, name))
sys.stdout.write(found.group(1))
