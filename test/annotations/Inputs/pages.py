"""Shows that the page of each annotation is there, and that its examples do what the page says.

All blocks of a page are compiled as one translation unit, each in a namespace of its own. Under each wrong one stands what
the compiler says of it, as indented lines; all others compile without a word.

    pages.py [--write] [--only REGEX] --folder FOLDER COMPILER…      (--write puts what the compiler says into the pages)
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "Inputs"))
import vocabulary

PAGES = HERE.parents[2] / "plugin" / "vocabulary" / "pages"
BLOCK = re.compile(r"```cpp\n(.*?)```\n((?:    (?:error|warning): [^\n]*\n)*)", re.S)
FOUND = re.compile(r"^[^\s:]*:(\d+):\d+: ((?:fatal )?(?:error|warning): .*?)(?: \[declorm-[\w-]+\])?$", re.M)


def compile_page(compiler, header, folder, page):
    """The page's text as it should be, and what is wrong that cannot be written into it."""
    text = page.read_text()
    source, starts = "", []
    for number, block in enumerate(BLOCK.finditer(text)):
        source += f"namespace example_{number} {{\n"
        starts.append(source.count("\n") + 1)
        source += block[1] + "}\n"
    file = folder / f"{page.stem}.cpp"
    file.write_text(source)
    done = subprocess.run([*compiler, "-include-pch", header, "-fsyntax-only", "-fno-color-diagnostics", file],
                          capture_output=True, text=True, errors="replace")
    said = [[] for _ in starts]
    for line, message in FOUND.findall(done.stderr):
        block = max((i for i, start in enumerate(starts) if start <= int(line)), default=0)
        said[block].append("    " + re.sub(r"example_\d+::", "", message) + "\n")
    blocks = iter(said)
    new = BLOCK.sub(lambda block: f"```cpp\n{block[1]}```\n" + "".join(next(blocks)), text)
    wrong = []
    if not starts:
        wrong.append("it has no example")
    elif said[0]:
        wrong.append("its example does not compile: " + "".join(said[0]))
    heading = text.find("## Errors")
    for block, messages in zip(BLOCK.finditer(text), said):
        if 0 <= heading < block.start() and not messages:
            wrong.append("nothing is said of the wrong example\n" + block[1])
    if "SQLAlchemy" not in text:
        wrong.append("it does not say what SQLAlchemy calls it")
    return new, wrong


def main():
    arguments = sys.argv[1:]
    write = arguments[0] == "--write"
    arguments = arguments[write:]
    only = re.compile(arguments[1] if arguments[0] == "--only" else "")
    arguments = arguments[2 if arguments[0] == "--only" else 0:]
    folder, compiler = pathlib.Path(arguments[1]), arguments[2:]
    folder.mkdir(parents=True, exist_ok=True)
    header = folder / "declorm.pch"
    subprocess.run([*compiler, "-x", "c++-header", HERE / "pages.h", "-o", header], check=True)
    failures = []
    names = {row.name for row in vocabulary.rows() if row.works}
    pages = {page.stem: page for page in PAGES.glob("*.md")}
    for name in sorted(names - set(pages)):
        failures.append(f"the annotation '{name}' has no page: write plugin/vocabulary/pages/{name}.md")
    for name in sorted(set(pages) - names):
        failures.append(f"plugin/vocabulary/pages/{name}.md is the page of no annotation that works")
    chosen = [page for name, page in sorted(pages.items()) if only.search(name)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for page, (new, wrong) in zip(chosen, pool.map(lambda page: compile_page(compiler, header, folder, page), chosen)):
            failures += [f"{page.name}: {each}" for each in wrong]
            if new != page.read_text():
                if write:
                    page.write_text(new)
                else:
                    failures.append(f"{page.name}: the compiler says something else (pages.py --write writes it):\n{new}")
    print("\n".join(failures) or f"{len(chosen)} pages")
    sys.exit(bool(failures))


main()
