# Builds a program of the given files. Prints what it says of its findings when it runs, which must be what
# declorm-check says of the sources, the object files and the program.
set -e
objects=
for file in "$@"; do
  $CXX -c "$file" -o "$file.o"
  objects="$objects $file.o"
done
$CXX $objects $LINK -o program
./program > configured.txt
findings() {
  "$@" > all.txt || test $? = 1
  grep -E '^[^ ]+: (error|warning|note): ' all.txt > found.txt
  diff configured.txt found.txt
}
findings $CHECK "$@" -- -std=c++20 $INCLUDE
findings $CHECK --objects $objects
findings $CHECK --objects program
cat configured.txt
