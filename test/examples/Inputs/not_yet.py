"""The README's list of the annotations that are not implemented yet, made from the vocabulary.

    not_yet.py README.md           fails, and prints the list, if it is not the one between the markers
    not_yet.py --write README.md   puts it there
"""
import pathlib
import re
import sys
import textwrap

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Inputs"))
import vocabulary

PLACES = {("Class",): "on a class", ("Field",): "on a data member", ("Method",): "on a member function",
          ("StaticMethod",): "on a static member function", ("Field", "Method"): "on a column or its getter",
          ("Method", "StaticMethod"): "on a member function, static or not"}
FORMS = {"f": "a function", "s": "a string", "i": "an integer", "b": "true or false", "l": "a list in braces",
         "v": "a value"}
MARKERS = re.compile(r"(<!-- not-yet -->\n).*?(<!-- /not-yet -->\n)", re.S)


def made():
    lines, groups = [], {}
    for row in vocabulary.rows():
        if not row.works:
            groups.setdefault(tuple(row.places), []).append(f"`{row.name}`")
        for form in row.forms_not_yet if row.works else []:
            given = " and ".join(FORMS[kind] for kind in re.findall(r"\w", form))
            groups.setdefault(tuple(row.places), []).append(f"`{row.name}` with {given}")
    for places, names in groups.items():
        lines.append(f"{PLACES.get(places) or 'on ' + ' or '.join(vocabulary.SPELLED[place] for place in places)}: "
                     + ", ".join(names))
    if not lines:
        return "- Every annotation works.\n"
    text = "- Annotations that the compiler knows and refuses, because nothing heeds them yet: " + "; ".join(lines) + "."
    return textwrap.fill(text, 120, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False) + "\n"


path = pathlib.Path(sys.argv[-1])
text = path.read_text(encoding="utf-8")
wanted = MARKERS.sub(lambda match: match[1] + made() + match[2], text)
if not MARKERS.search(text):
    sys.exit(f"not_yet.py: {path} has no part between <!-- not-yet --> and <!-- /not-yet -->")
if sys.argv[1] == "--write":
    path.write_text(wanted, encoding="utf-8")
elif wanted != text:
    sys.exit(f"not_yet.py: {path} is out of date; `{pathlib.Path(__file__).name} --write {path}` puts this there:\n{made()}")
