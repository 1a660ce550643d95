// objects.h: From what the compiler and the linker made back to Models.
#ifndef DECLORM_CHECK_OBJECTS_H
#define DECLORM_CHECK_OBJECTS_H

#include "utils/declorm-check/analyse.h"

namespace declorm::check {

/// Reads the Models that the plugin left in the files of `options`: object files, static and shared
/// libraries, programs (ELF), and LLVM bitcode. A file that holds none is an error only if no other
/// does: many sources have no annotated classes.
Analysis read_objects(const Options &options);

} // namespace declorm::check

#endif // DECLORM_CHECK_OBJECTS_H
