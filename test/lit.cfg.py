# How the tests run: substitutions, features, environment. test/README.md explains them.
import os
import re
import shutil
import sys

import lit.formats

config.name = "declorm"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".test"]
config.excludes = ["Inputs", "unit", "drivers"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.declorm_build, "test")

# FileCheck, not, count and split-file are only in LLVM's own folder on Debian.
config.environment["PATH"] = os.pathsep.join(
    [config.llvm_tools, os.path.join(config.declorm_build, "bin"), os.environ.get("PATH", "")])
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS", "CCACHE_DIR"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

libraries = os.path.join(config.declorm_build, "lib")
include = os.path.join(config.declorm_source, "include")
plugin = os.path.join(libraries, "declorm.so")

sanitizers = [name for name in re.split("[,;]", config.declorm_sanitize) if name]
sanitize = []
if sanitizers:
    sanitize = ["-fsanitize=" + ",".join(sanitizers), "-fno-sanitize-recover=all",
                "-fno-omit-frame-pointer", "-g"]
    config.available_features.add("sanitized")
    config.environment.setdefault("ASAN_SYMBOLIZER_PATH",
                                  os.path.join(config.llvm_tools, "llvm-symbolizer"))
for name, feature in (("address", "asan"), ("undefined", "ubsan"), ("thread", "tsan")):
    if name in sanitizers:
        config.available_features.add(feature)

# Material for comparison that lies beside the source tree on some machines.
shared = os.path.join(os.path.dirname(config.declorm_source), "shared")
if os.path.isdir(shared):
    config.available_features.add("shared-data")
if config.declorm_gxx and os.path.exists(config.declorm_gxx):
    config.available_features.add("gcc")
if config.declorm_has_check:
    config.available_features.add("declorm-check")
if config.declorm_has_bench:
    config.available_features.add("bench")
for program, feature in (("ccache", "ccache"), ("ld.lld", "lld")):
    if shutil.which(program, path=config.environment["PATH"]):
        config.available_features.add(feature)
if shutil.which("clang-format", path=config.llvm_tools):
    config.available_features.add("clang-format")
if all(shutil.which(name) for name in ("dpkg-deb", "dpkg-shlibdeps", "file")):
    config.available_features.add("dpkg")
if os.getuid() == 0:
    config.available_features.add("root")  # file permissions do not bind


def substitute(name, *words):
    # \b: so that a name that begins another one does not eat it.
    config.substitutions.append(("%" + name + r"\b", " ".join(words)))


# The databases that test programs run on; -Ddatabase=strict names one or several.
known_databases = ["sqlite", "strict", "postgresql"]
running_databases = ["sqlite", "strict"]
if "DECLORM_TEST_POSTGRESQL" in os.environ:  # set by utils/with-postgresql
    config.environment["DECLORM_TEST_POSTGRESQL"] = os.environ["DECLORM_TEST_POSTGRESQL"]
    running_databases.append("postgresql")
    config.available_features.add("postgresql")
    if os.path.exists("/usr/sbin/pgbouncer"):
        config.available_features.add("pgbouncer")
databases = lit_config.params.get("database", ",".join(running_databases)).split(",")
for name in databases:
    if name not in known_databases:
        lit_config.fatal(f"there is no database '{name}' for tests; there is " +
                         ", ".join(known_databases))
    if name not in running_databases:
        lit_config.fatal(f"no server of {name} runs: put utils/with-{name} before the command")
on_each_database = [sys.executable,
                    os.path.join(config.test_source_root, "Inputs", "on_each_database.py")]

substitute("database_merged", *on_each_database, "--merge", ",".join(databases))
substitute("database", *on_each_database, ",".join(databases))
substitute("postgresql", *on_each_database, "postgresql")
substitute("declorm_clang", config.declorm_clang, "-std=c++20", "-I" + include,
           "-fplugin=" + plugin, *sanitize)
substitute("unmapped_clang", config.declorm_clang, "-std=c++20", "-I" + include,
           "-Wno-unknown-attributes", *sanitize)
substitute("link_declorm", "-L" + libraries, "-Wl,-rpath," + libraries, "-ldeclorm")
substitute("declorm_check", os.path.join(config.declorm_build, "bin", "declorm-check"))
substitute("declorm_automap", os.path.join(config.declorm_build, "bin", "declorm-automap"))
substitute("clang", config.declorm_clang)
substitute("gxx", config.declorm_gxx or "g++")
substitute("plugin", plugin)
substitute("include", include)
substitute("build", config.declorm_build)
substitute("src", config.declorm_source)
substitute("shared", shared)
substitute("cmake", config.declorm_cmake)
substitute("cpack", os.path.join(os.path.dirname(config.declorm_cmake), "cpack"))
substitute("python", sys.executable)
