"""Runs a test's program on each database and prints what it printed, which must be the same on all.

on_each_database.py [--merge] NAME,NAME PROGRAM [ARGUMENT…]

The program finds the URL of an empty database in DECLORM_TEST_DATABASE. --merge puts what it writes to
stderr into its output. UUIDs, which are made anew each time, are all the same. Tests that left-out.txt
names do not run on the database that it says.
"""
import difflib
import os
import re
import subprocess
import sys

HERE = os.path.dirname(__file__)
URLS = {"sqlite": "sqlite://", "strict": "strict://"}


def left_out(program):
    """The databases on which the test of that program does not run."""
    place = re.search(r"/test/(.*)Output/([^/]+)\.tmp", os.path.abspath(program))
    if not place:
        return []
    with open(os.path.join(HERE, "left-out.txt"), encoding="utf-8") as lines:
        rows = [line.split(maxsplit=2) for line in lines if not line.startswith("#")]
    return [row[0] for row in rows if row[1] == place[1] + place[2]]


def run(name, command, merge):
    environment = dict(os.environ, DECLORM_TEST_DATABASE=URLS[name])
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT if merge else None)
    return done.returncode, done.stdout.decode("utf-8", "backslashreplace")


def lines_to_compare(output):
    return re.sub(r"\b[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}\b", "UUID",
                  output).splitlines()


def complain(message):
    sys.stderr.write(message + "\n")


def main(arguments):
    merge = arguments[0] == "--merge"
    names, *command = arguments[merge:]
    without = left_out(command[0])
    names = [name for name in names.split(",") if name not in without]
    if not names:
        return complain("this test is left out on this database: see Inputs/left-out.txt") or 1
    code, first = run(names[0], command, merge)
    sys.stdout.write(first)
    sys.stdout.flush()
    if code != 0:
        complain(f"on {names[0]} the program ended with {code}")
        return 1
    for name in names[1:]:
        code, output = run(name, command, merge)
        lines, wanted = lines_to_compare(output), lines_to_compare(first)
        if lines != wanted:
            complain(f"on {name} the program does not print what it prints on {names[0]}:")
            complain("\n".join(difflib.unified_diff(wanted, lines, names[0], name,
                                                    lineterm="")))
        if code != 0:
            complain(f"on {name} the program ended with {code}")
        if code != 0 or lines != wanted:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
