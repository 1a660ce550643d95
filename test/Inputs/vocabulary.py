"""The vocabulary as the tests read it: the rows of plugin/vocabulary/Annotations.def."""
import dataclasses
import pathlib
import re

TABLE = pathlib.Path(__file__).resolve().parents[2] / "plugin/vocabulary/Annotations.def"
ROW = re.compile(r'^ANNOTATION\("(?P<name>\w+)", (?P<places>[\w |]+), "(?P<arguments>[^"]*)", (?P<count>\w+), '
                 r'"(?P<needs>[^"]*)", (?P<status>\w+), "(?P<doc>(?:[^"\\]|\\.)*)"\)$', re.M)
KINDS = {"s": '"x"', "i": "1", "b": "true", "f": "&make", "l": '{"x"}', "v": "1"}
SPELLED = {"Class": "a class", "Field": "a member", "Method": "a getter", "StaticMethod": "a static function"}


@dataclasses.dataclass
class Row:
    name: str
    places: list  # of "Class", "Field", "Method", "StaticMethod"
    forms: list  # of the arguments, without the mark of those that are not yet
    forms_not_yet: list
    needs: list  # alternatives
    works: bool

    def annotation(self, form=None):
        """The annotation with the fewest arguments that fit: `length(1)`."""
        form = self.forms[0] if form is None else form
        given = [KINDS[kind] for kind, suffix in re.findall(r"(\w)([?+]?)", form) if suffix != "?"]
        return self.name + (f"({', '.join(given)})" if given else "")


def rows():
    text = TABLE.read_text()
    found = []
    for match in ROW.finditer(text):
        forms = match["arguments"].split("|")
        found.append(Row(match["name"], match["places"].split(" | "), [form.lstrip("!") for form in forms],
                         [form[1:] for form in forms if form.startswith("!")],
                         match["needs"].split("|") if match["needs"] else [], match["status"] == "Works"))
    if len(found) != text.count("\nANNOTATION("):
        raise SystemExit(f"{TABLE}: a row that test/Inputs/vocabulary.py does not read")
    return found
