// VersionGuard.cpp: Stops a compiler that the plugin was not built for.
//
// First on the plugin's link line and of the earliest priority: it runs before any object of this
// plugin touches a registry whose layout another Clang may have changed.

#include "plugin/Compat.h"

#include <cstdio>
#include <string>
#include <string_view>
#include <unistd.h>

/// "19.1.7" out of "Debian clang version 19.1.7 (3~deb12u1)".
static std::string_view versionOf(std::string_view Full) {
  constexpr std::string_view Before = "clang version ";
  const std::size_t At = Full.find(Before);
  if (At == std::string_view::npos)
    return {};
  Full.remove_prefix(At + Before.size());
  return Full.substr(0, Full.find(' '));
}

__attribute__((constructor(101))) static void checkHost() {
  const std::string Host = clang::getClangFullVersion();
  if (versionOf(Host) == declorm::plugin::compat::BuiltFor)
    return;
  std::fprintf(stderr, "error: the declorm plugin was built for clang version %s; this is %s\n",
               declorm::plugin::compat::BuiltFor, Host.c_str());
  _exit(1);
}
