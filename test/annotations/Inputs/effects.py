"""Shows that each annotation of the vocabulary has an effect at run time.

The programs beside this folder mark what they show by a comment with the kind of place, just before the name:

    [[using declorm: column, /*field*/ length(20)]] std::string name;

Each program is compiled and run, and FileCheck finds in what it prints the lines that it says; then once more without
one marked annotation, for each of them: FileCheck must fail, or the program must not run to its end. With an
exclamation mark, /*class!*/, declorm must refuse the program without it, be it with a warning. Last, every annotation that the
vocabulary says works must be marked somewhere, at each kind of place.

    effects.py [--only REGEX] --folder FOLDER COMPILER… -- LINK…       (test/README.md)
"""
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import resource
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "Inputs"))
import vocabulary

PLACES = {"class": "Class", "field": "Field", "method": "Method", "static": "StaticMethod"}
MARK = re.compile(r"/\*(class|field|method|static)(!?)\*/\s*(\w+)")


@dataclasses.dataclass
class Mark:
    place: str
    name: str
    line: int
    refused: bool  # without it
    begin: int
    end: int

    def without(self, text):
        """The program without the annotation, and without the list if that is empty then."""
        before, after = text[:self.begin], text[self.end:]
        if re.match(r"\s*,", after):
            after = re.sub(r"^\s*,", "", after)
        elif re.search(r",\s*$", before):
            before = re.sub(r",(\s*)$", r"\1", before)
        elif before.rstrip().endswith("declorm::") or re.search(r"\[\[using declorm:\s*$", before):
            before = re.sub(r"\[\[(?:using declorm:\s*|declorm::)$", "", before.rstrip())
            after = re.sub(r"^\s*\]\]", "", after)
        return before + after


def marks(text):
    for match in MARK.finditer(text):
        end, depth = match.end(), 0
        if text[end:end + 1] == "(":
            quoted = False
            while True:
                char = text[end]
                quoted ^= char == '"' and text[end - 1] != "\\"
                depth += (not quoted) * ((char == "(") - (char == ")"))
                end += 1
                if depth == 0 and not quoted:
                    break
        yield Mark(PLACES[match[1]], match[3], text.count("\n", 0, match.start()) + 1, match[2] == "!",
                   match.start(), end)


class Runner:
    def __init__(self, arguments):
        self.only = None
        if arguments[0] == "--only":
            self.only, arguments = re.compile(arguments[1]), arguments[2:]
        split = arguments.index("--")
        self.folder = pathlib.Path(arguments[1])
        self.compiler, self.link = arguments[2:split], arguments[split + 1:]
        self.header = self.folder / "effects.pch"

    def precompile(self):
        subprocess.run([*self.compiler, "-x", "c++-header", HERE / "effects.h", "-o", self.header], check=True)

    def build(self, name, text, with_warnings=False):
        """What the compiler says if it fails, or warns."""
        source, program = self.folder / f"{name}.cpp", self.folder / name
        source.write_text(text)
        command = [*self.compiler, "-include-pch", self.header, f"-I{HERE}", source, *self.link, "-o", program]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        return done.stderr if done.returncode or with_warnings else ""

    def check(self, name, program):
        """What is wrong with what the program prints, if anything is."""
        done = subprocess.run([self.folder / name], capture_output=True, text=True, errors="replace", timeout=60)
        output = self.folder / f"{name}.txt"
        output.write_text(done.stdout)
        if done.returncode:
            return f"exit code {done.returncode}: {done.stderr}{done.stdout}"
        found = subprocess.run(["FileCheck", program, "--match-full-lines", f"--input-file={output}"],
                               capture_output=True, text=True, errors="replace")
        return found.stderr if found.returncode else ""

    def whole(self, program):
        wrong = self.build(program.stem, program.read_text()) or self.check(program.stem, program)
        return f"{program.name}: {wrong}" if wrong else ""

    def mutant(self, program, mark):
        name = f"{program.stem}-{mark.name}-{mark.line}"
        refused = self.build(name, mark.without(program.read_text()), mark.refused)
        where = f"{program.name}:{mark.line}: '{mark.name}'"
        if mark.refused:
            return "" if re.search(r"(?:error|warning): .*declorm(?:-|::)", refused) else \
                f"{where}: without it declorm has nothing against the program\n{refused}"
        if refused:
            return f"{where}: without it the program does not compile; write it so that it does, or mark it with a '!'" \
                f" if declorm refuses what has no {mark.name}\n{refused}"
        return "" if self.check(name, program) else f"{where}: without it the program prints what it says all the same"


def missing(found):
    """Annotations that work and that no program shows."""
    comments = {place: comment for comment, place in PLACES.items()}
    for row in vocabulary.rows():
        for place in row.places if row.works else []:
            if (row.name, place) not in found:
                yield f"plugin/vocabulary/Annotations.def says that '{row.name}' works on {vocabulary.SPELLED[place]}, " \
                    f"and no program in test/annotations shows its effect: write one whose output changes when it " \
                    f"is taken out, with /*{comments[place]}*/ before its name (test/README.md)"


def main():
    runner = Runner(sys.argv[1:])
    runner.folder.mkdir(parents=True, exist_ok=True)
    runner.precompile()
    programs = sorted(HERE.parent.glob("*.cpp"))
    tasks, found = [], set()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for program in programs:
            shown = list(marks(program.read_text()))
            found.update((mark.name, mark.place) for mark in shown)
            chosen = [mark for mark in shown if not runner.only or runner.only.search(f"{program.name} {mark.name}")]
            if chosen:
                tasks.append(pool.submit(runner.whole, program))
            tasks += [pool.submit(runner.mutant, program, mark) for mark in chosen]
        wrong = [text for task in tasks if (text := task.result())]
    wrong += [] if runner.only else missing(found)
    for text in wrong:
        print("effects:", text)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"effects: {len(programs)} programs, {len(tasks)} compiled and run, {len(wrong)} wrong, "
          f"{used.ru_utime + used.ru_stime:.0f} s of CPU time")
    return 1 if wrong else 0


sys.exit(main())
