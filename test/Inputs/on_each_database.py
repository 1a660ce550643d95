"""Runs a test's program on each database and prints what it printed, which must be the same on all.

on_each_database.py [--merge] NAME,NAME PROGRAM [ARGUMENT…]

The program finds the URL of an empty database in DECLORM_TEST_DATABASE. On a server that is a schema of its
own, which is dropped behind it; DECLORM_TEST_POSTGRESQL is the folder of the socket. --merge puts what it writes to
stderr into its output. UUIDs, which are made anew each time, are all the same. Tests that left-out.txt
names do not run on the database that it says.
"""
import contextlib
import difflib
import os
import re
import subprocess
import sys

HERE = os.path.dirname(__file__)


@contextlib.contextmanager
def own_schema():
    """The URL of a new schema on the PostgreSQL server."""
    folder = os.environ["DECLORM_TEST_POSTGRESQL"]
    name = f"test_{os.getpid()}"

    def say(statement):
        subprocess.run(["psql", "-qXAt", "-h", folder, "-U", "declorm", "-d", "postgres", "-c",
                        "SET client_min_messages = warning; " + statement], check=True)
    say(f"CREATE SCHEMA {name}")
    try:
        yield f"postgresql://declorm@/postgres?host={folder}&options=-csearch_path%3D{name}"
    finally:
        say(f"DROP SCHEMA {name} CASCADE")


DATABASES = {"sqlite": lambda: contextlib.nullcontext("sqlite://"),
             "strict": lambda: contextlib.nullcontext("strict://"),
             "postgresql": own_schema}


def left_out(program):
    """The databases on which the test of that program does not run."""
    place = re.search(r"/test/(.*)Output/([^/]+)\.tmp", os.path.abspath(program))
    if not place:
        return []
    with open(os.path.join(HERE, "left-out.txt"), encoding="utf-8") as lines:
        rows = [line.split(maxsplit=2) for line in lines if not line.startswith("#")]
    return [row[0] for row in rows if row[1] == place[1] + place[2]]


def run(name, command, merge):
    with DATABASES[name]() as url:
        done = subprocess.run(command, env=dict(os.environ, DECLORM_TEST_DATABASE=url),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT if merge else None)
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
