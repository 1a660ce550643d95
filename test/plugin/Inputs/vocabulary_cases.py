"""Programs for `clang -verify`, made from the vocabulary: `needs`, each option without the construct that it
belongs to, and `not-yet`, each annotation that is not implemented. Every member is tried in several kinds of class."""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Inputs"))
import vocabulary

ANONYMOUS = "struct Around {{ struct {{"  # without functions
HOLDERS = [  # what stands before and behind the members
    ("class [[declorm::table(\"t\")]] Mapped {{ [[using declorm: column, primary_key]] int id = 0;", "}};"),
    ("struct Unmapped {{", "}};"),
    ("struct Mixin {{", "}};\nstruct [[declorm::table(\"u\")]] Below : Mixin {{ "
     "[[using declorm: column, primary_key]] int id = 0; }};"),
    ("struct Value {{ [[declorm::column]] int own = 0;", "}};\nstruct [[declorm::table(\"v\")]] Holder {{ [[using declorm: column, primary_key]] int id = 0; "
     "[[declorm::composite]] Value value; }};"),
    ("struct [[declorm::table(\"s\")]] Single : Mapped {{ private:", "}};"),
    ("namespace inner {{ struct Outer {{ struct Nested {{", "}}; }}; }}"),
    (ANONYMOUS, "}}; }};"),
    ("struct [[declorm::row]] Row {{", "}};"),
    ("template <class T> struct Never {{", "}};"),
    ("template <class T> struct Used {{", "}};\ntemplate struct Used<int>;"),
    ("template <class T> struct Special;\ntemplate <> struct Special<int> {{", "}};"),
    ("struct Declared {{ struct Late; }};\nstruct Declared::Late {{", "}};"),
]
CLASSES = ["struct {0} Plain{1} {{}};", "struct Around{1} {{ class {0} Inner {{}}; }};",
           "template <class T> struct {0} Of{1} {{}};\ntemplate struct Of{1}<int>;",
           "struct {0} Below{1} : Base {{}};", "struct [[declorm::table]] {0} Mapped{1} : Base {{}};"]
PREAMBLE = "int make();\nstruct Base {{ [[using declorm: column, primary_key]] int id = 0; }};\n".format()


def member(place, number):
    return {"Field": f"int m{number} = 0;", "Method": f"int m{number}() const;",
            "StaticMethod": f"static int m{number}();"}[place]


def setter(place, number):
    return f"  void set_m{number}(int);" if place == "Method" else ""


def expected(message):
    return "// expected-error {{" + message + "}}"


def cases(kind):
    """Pairs of a row's place and the text of an attribute list with its message."""
    for row in vocabulary.rows():
        for place in row.places:
            if kind == "needs":
                if row.needs:
                    names = " or ".join(f"'declorm::{name}'" for name in row.needs)
                    yield place, row.annotation(), f"'declorm::{row.name}' needs {names} beside it"
                continue
            beside = "".join(first(needed) + ", " for needed in row.needs[:1])
            if not row.works:
                for form in row.forms:
                    yield place, beside + row.annotation(form), f"'declorm::{row.name}' is not implemented yet: " \
                        "it has no effect, remove it"
            for form in row.forms_not_yet if row.works else []:
                yield place, beside + row.annotation(form), f"'declorm::{row.name}' with "


def first(name):
    return next(row for row in vocabulary.rows() if row.name == name).annotation()


def program(kind):
    found = list(cases(kind))
    lines = [PREAMBLE]
    for number, (place, attributes, message) in enumerate(found):
        if place == "Class":
            for shape, text in enumerate(CLASSES):
                head, *rest = text.format(f"[[using declorm: {attributes}]]", f"{number}_{shape}").split("\n")
                lines += [f"{head} {expected(message)}", *rest]
    for begin, end in HOLDERS:
        lines.append(begin.format())
        for number, (place, attributes, message) in enumerate(found):
            if place == "Field" or (place != "Class" and begin != ANONYMOUS):
                lines += [f"  [[using declorm: {attributes}]] {member(place, number)} {expected(message)}",
                          setter(place, number)]
        lines.append(end.format())
    return "\n".join(lines)


print(program(sys.argv[1]))
