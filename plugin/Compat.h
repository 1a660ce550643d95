// Compat.h: The one file that knows Clang's version.
//
// What differs between the versions of Clang, newest first, and which of them are known to work.
#ifndef DECLORM_PLUGIN_COMPAT_H
#define DECLORM_PLUGIN_COMPAT_H

#include "clang/Basic/Version.h"

// Older parsers skip the arguments of a plugin's attributes, or lack the functions used here.
#if CLANG_VERSION_MAJOR != 19
#error "declorm's plugin is written for Clang 19: see plugin/Compat.h"
#endif

namespace declorm::plugin::compat {

/// The version this plugin is built for; it cannot run in any other.
inline constexpr const char BuiltFor[] = CLANG_VERSION_STRING;

} // namespace declorm::plugin::compat

#endif // DECLORM_PLUGIN_COMPAT_H
