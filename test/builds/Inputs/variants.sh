# Compiles blog.cpp once for each of some flags, and runs the program that uses it each time. Prints what
# the programs print, which must be the same for all of them.
# usage: variants.sh COMPILE LINK LIBRARIES FLAGS...
set -eu
inputs=$(dirname "$0")
compile=$1 link=$2 libraries=$3
shift 3
$link -c "$inputs/use.cpp" -o variants-use.o
first=
for flags; do
  $compile $flags -c "$inputs/blog.cpp" -o variants.o
  $link variants-use.o variants.o $libraries -o variants
  output=$(./variants)
  : "${first:=$output}"
  [ "$output" = "$first" ] || { echo "with $flags:"; echo "$output"; exit 1; }
done
echo "$first"
