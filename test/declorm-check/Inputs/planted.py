# Writes a program whose translation units are clean each by itself, with conflicts planted between them, and
# expected.txt, the findings that declorm-check must have of it.
#
#   planted.py FOLDER UNITS CLASSES CONFLICTS
#
# Hierarchies of the three kinds of inheritance, shared columns and foreign keys across the units are the
# ground; ten kinds of conflict are planted in turn.
import pathlib
import sys

folder, units, classes, conflicts = pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:])
includes = ["#include <cstdint>", "#include <optional>", "#include <string>"]
files = {}
made = 0


def unit(number):
    return f"unit{number % units:03}.cpp"


def append(file, *lines):
    text = files.setdefault(file, (["#pragma once"] if file.endswith(".h") else []) + includes.copy())
    text += lines
    return file


def include(file, header):
    if (line := f'#include "{header}"') not in append(file):
        files[file].insert(len(includes), line)


def head(name, *annotations, base=""):
    global made
    made += 1
    return f"struct [[using declorm: {', '.join(annotations)}]] {name}{' : ' + base if base else ''} {{"


def member(type_, name, *options):
    return f"  [[using declorm: {', '.join(('column',) + options)}]] {type_} {name}{{}};"


key = member("std::int64_t", "id", "primary_key")


def root(name, header):
    append(header, head(name, f'table("{name.lower()}")', f'polymorphic_identity("{name}")'), key,
           member("std::string", "kind", "polymorphic_on", "length(40)"), "};")


def below(file, name, base, *body, identity=None):
    append(file, head(name, "mapped", f'polymorphic_identity("{identity or name}")', base=base), *body, "};")


expected = []


def expect(file, needle, rule, message, offset=0):
    """An error at the last place where `needle` stands in the file; written when all lines are known."""
    expected.append((file, needle, offset, f"error: {message} [declorm-{rule}]"))


def place(file, needle):
    for number, line in reversed(list(enumerate(files[file], 1))):
        if needle in line:
            return number, line.index(needle) + 1
    raise LookupError(needle)


# The conflicts, each between `first` in one unit and `second` in another; a third class stands between.

def in_one_table(name, a, b, first_body, second_body, first_base="", second_base="", **identity):
    header = f"{name.lower()}.h"
    root(name, header)
    for file in (unit(a), unit(b), unit(a + b)):
        include(file, header)
    below(unit(a + b), name + "Another", name, member("int", "other"))
    below(unit(a), name + "First", name + first_base, *first_body, **identity)
    below(unit(b), name + "Second", name + second_base, *second_body, **identity)


def sibling_columns(name, a, b):
    in_one_table(name, a, b, [member("int", name + "_date")], [member("int", name + "_date")])
    conflict(unit(b), name + "_date", name)


def conflict(file, column, name):
    expect(file, column, "column-conflict", f"column '{column}' on class '{name}Second' conflicts with "
           f"existing column '{name.lower()}.{column}'")


def mixin_columns(name, a, b):
    append(f"{name.lower()}.h", f"template <class T> struct {name}Dated {{", member("T", name + "_since"), "};")
    in_one_table(name, a, b, [], [], f", {name}Dated<int>", f", {name}Dated<std::string>")
    conflict(f"{name.lower()}.h", name + "_since", name)


def shared_by_one(name, a, b):
    in_one_table(name, a, b, [member("int", name + "_date", "use_existing_column")],
                 [member("int", name + "_date")])
    conflict(unit(b), name + "_date", name)


def shared_lengths(name, a, b):
    in_one_table(name, a, b, [member("std::string", name + "_title", "use_existing_column", "length(50)")],
                 [member("std::string", name + "_title", "use_existing_column", "length(20)")])
    expect(unit(b), name + "_title", "use-existing-mismatch",
           f"member '{name}_title' of class '{name}Second' cannot use existing column '{name.lower()}.{name}"
           f"_title': it is VARCHAR(50) in class '{name}First' and VARCHAR(20) in class '{name}Second'")


def identities(name, a, b):
    in_one_table(name, a, b, [], [], identity="same " + name)
    expect(unit(b), f'polymorphic_identity("same {name}")', "polymorphic-identity",
           f"polymorphic_identity \"same {name}\" of class '{name}Second' is that of class '{name}First' already")


def five_deep(name, a, b):
    header = f"{name.lower()}.h"
    root(name, header)
    for level in "ABC":
        below(header, name + level, name + ("" if level == "A" else chr(ord(level) - 1)))
    include(unit(a), header)
    include(unit(b), header)
    below(unit(a), name + "First", name + "C", member("int", name + "_date"))
    below(unit(b), name + "Second", name, member("int", name + "_date"))
    conflict(unit(b), name + "_date", name)


def tables(name, a, b):
    for file, class_ in ((unit(a), name + "First"), (unit(b), name + "Second")):
        append(file, head(class_, f'table("{name.lower()}")'), key, "};")
    later = max((unit(a), name + "First", name + "Second"), (unit(b), name + "Second", name + "First"))
    expect(later[0], f'table("{name.lower()}")', "table-conflict", f"table '{name.lower()}' is declared by two "
           f"classes, '{later[2]}' and '{later[1]}'")


def definitions(name, a, b):
    header = f"{name.lower()}.h"
    append(header, head(name, f'table("{name.lower()}")'), key, f"#ifdef {name}_WIDE", member("long", "size"),
           "#else", member("int", "size"), "#endif", "};")
    append(unit(a), f"#define {name}_WIDE")
    append(unit(a), f'#include "{header}"')
    include(unit(b), header)
    seen = sorted([(unit(a), "long"), (unit(b), "int")])
    expect(header, f" {name} {{", "definition-mismatch", f"class '{name}' is defined in two ways: member 'size' is "
           f"'{seen[0][1]}' in '{seen[0][0]}' and '{seen[1][1]}' in '{seen[1][0]}'", 1)


def key_targets(name, a, b):
    append(unit(b), head(name + "Second", f'table("{name.lower()}")'), key, "};")
    append(unit(a), head(name + "First", f'table("{name.lower()}_first")'), key,
           member("std::int64_t", "other", f'foreign_key("{name.lower()}.number")'), "};")
    expect(unit(a), 'number"', "foreign-key-target", f"foreign key '{name.lower()}.number' of member 'other' of "
           f"class '{name}First': table '{name.lower()}' has no column 'number'")


def key_types(name, a, b):
    append(unit(b), head(name + "Second", f'table("{name.lower()}")'), member("std::string", "id", "primary_key"),
           "};")
    append(unit(a), head(name + "First", f'table("{name.lower()}_first")'), key,
           member("std::int64_t", "other", f'foreign_key("{name.lower()}.id")'), "};")
    expect(unit(a), f'foreign_key("{name.lower()}.id")', "foreign-key-type",
           f"foreign key '{name.lower()}.id' of class '{name}First': member 'other' is 'std::int64_t' (BIGINT), but "
           "the column it refers to is 'std::string' (VARCHAR)")


kinds = [sibling_columns, mixin_columns, shared_by_one, shared_lengths, identities, five_deep, tables, definitions,
         key_targets, key_types]

# The ground: each unit has a table, and classes of hierarchies that other units go on with.


def ground():
    number = 0
    while made < classes:
        file, family = unit(number), number % (units // 3)
        header, base = f"family{family}.h", f"Family{family}"
        if header not in files:
            root(base, header)
        include(file, header)
        kind, name = (number // units + number) % 5, f"Ground{number}"
        if kind == 0:
            append(file, head(name, f'table("{name.lower()}")'), key, member("std::optional<std::int64_t>", "family",
                   f'foreign_key("{base.lower()}.id")'), member("std::string", "text", "length(30)"), "};")
        elif kind == 1:
            below(file, name, base, member("int", f"own{number}"), member("long", "shared", "use_existing_column"))
        elif kind == 2:
            below(file, name, base, member("std::int64_t", "shared", "use_existing_column"))
        elif kind == 3:
            append(file, head(name, f'table("{name.lower()}")', f'polymorphic_identity("{name}")', base=base),
                   member("std::string", "shared"), "};")
        else:
            append(file, head(name, f'table("{name.lower()}")', "concrete", base=base), member("double", "shared"),
                   "};")
        number += 1


for number in range(conflicts):
    kinds[number % len(kinds)](f"Planted{number:02}", number * 7 + 1, number * 7 + 1 + units // 2)
ground()
folder.mkdir(parents=True, exist_ok=True)
for number in range(units):
    append(unit(number))
for file, lines in files.items():
    (folder / file).write_text("\n".join(lines) + "\n")
found = sorted((file, *place(file, needle), offset, message) for file, needle, offset, message in expected)
(folder / "expected.txt").write_text(
    "".join(f"{file}:{line}:{column + offset}: {message}\n" for file, line, column, offset, message in found))
print(f"{len(found)} conflicts in {made} classes of {units} translation units")
