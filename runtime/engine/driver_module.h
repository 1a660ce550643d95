// driver_module.h: what a driver outside of the library says of itself.
//
// The driver of a database that is not built into the library is a shared library of its own,
// `libdeclorm_NAME.so`, where NAME is what URLs begin with. It is loaded the first time a URL or
// dialect() names it, and stays loaded for ever. It defines one constant:
//
//     extern "C" DECLORM_DRIVER(strict) = {.name = "strict",
//                                          .dialect = &strict_dialect,
//                                          .make_driver = &make_strict_driver};
//
// `add_declorm_driver` in utils/cmake/DriverModule.cmake builds one. A program that is linked
// statically names its drivers with register_driver().
#ifndef DECLORM_ENGINE_DRIVER_MODULE_H
#define DECLORM_ENGINE_DRIVER_MODULE_H

#include "runtime/engine/driver.h"
#include "runtime/engine/url.h"

#include <optional>

#ifndef DECLORM_VERSION
#error "a driver is built with the version of the library: see utils/cmake/DriverModule.cmake"
#endif

namespace declorm::detail {

/// Raised with each change of DriverModule itself.
inline constexpr unsigned driver_interface = 1;

/// An address in the library, by which a module proves that it works with this very copy.
extern const char library_mark;

/// What a driver says of itself. The first two members keep their places in all versions.
struct DriverModule {
  unsigned interface = driver_interface;
  const char *version = DECLORM_VERSION; ///< of the library whose headers it was compiled with
  const char *library = &library_mark;
  const char *name; ///< what URLs begin with, and what dialect() takes
  const Dialect &(*dialect)();
  /// Throws ArgumentError for a wrong URL.
  std::unique_ptr<Driver> (*make_driver)(const Url &url);
  /// The URL with what keeps a database that is not there from being made; null: nothing does.
  std::string (*url_of_existing)(const std::string &url, bool read_only) = nullptr;
};

/// Declares the constant by which the library knows the driver of a module.
#define DECLORM_DRIVER(name) const ::declorm::detail::DriverModule declorm_driver_##name

/// Makes a driver known that is linked into the program. `module` must live for ever. Throws
/// ArgumentError if another driver has its name. Any thread may call it, and only that names the
/// database afterwards finds it.
void register_driver(const DriverModule &module);

/// The driver of a database that is not built in: one that was registered, or loaded, now or
/// before. Null: there is none, and `looked` says where one was looked for, in a sentence without
/// its period, or is empty. Throws ArgumentError for a module that is there and
/// cannot be used. Any thread may call it.
const DriverModule *find_driver(std::string_view name, std::string &looked);

/// The names of those that find_driver() has found, and of registered ones.
std::vector<std::string> found_drivers();

} // namespace declorm::detail

#endif // DECLORM_ENGINE_DRIVER_MODULE_H
