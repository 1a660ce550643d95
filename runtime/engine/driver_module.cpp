// driver_module.cpp: finding, loading and checking the drivers outside of the library.
#include "runtime/engine/driver_module.h"

#include "declorm/error.h"

#include <dlfcn.h>
#include <map>
#include <mutex>
#include <unistd.h>

namespace declorm::detail {

const char library_mark = 0;

namespace {

struct Drivers {
  std::mutex mutex;
  std::map<std::string, const DriverModule *, std::less<>> by_name;
};

Drivers &drivers() {
  static Drivers *const drivers = new Drivers; // outlives what uses it at the program's end
  return *drivers;
}

/// A name becomes part of a file's name, so it is a word and never a path.
bool can_be_module(std::string_view name) {
  return !name.empty() &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// The folder of the file that holds the library: the shared library, or the program that it is
/// linked into; "" : it is not known.
std::string library_folder() {
  Dl_info info{};
  if (dladdr(&library_mark, &info) == 0 || !info.dli_fname)
    return "";
  const std::string file = info.dli_fname;
  const std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? "" : file.substr(0, slash);
}

std::string loader_error() {
  const char *const error = dlerror();
  return error ? error : "the loader gives no reason";
}

[[noreturn]] void throw_unusable(const std::string &path, const std::string &why) {
  throw ArgumentError("the driver module " + path + " cannot be used: " + why);
}

/// Loads the module: beside the library, or from where the loader looks. Null if there is no such
/// file; `looked` says where it was looked for.
void *load(const std::string &file, std::string &path, std::string &looked) {
  constexpr int flags = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE;
  const std::string folder = library_folder();
  if (!folder.empty()) {
    path = folder + "/" + file;
    if (access(path.c_str(), F_OK) == 0) {
      if (void *const handle = dlopen(path.c_str(), flags))
        return handle;
      throw_unusable(path, loader_error());
    }
  }
  path = file;
  if (void *const handle = dlopen(file.c_str(), flags))
    return handle;
  const std::string error = loader_error();
  if (!error.starts_with(file + ": cannot open shared object file"))
    throw_unusable(path, error);
  looked = "A driver for it would be the file " + file + ", which is neither " +
           (folder.empty() ? "beside the library" : "in " + folder) +
           " nor where the loader looks (LD_LIBRARY_PATH, ldconfig); install it there "
           "(declorm's own drivers are Debian packages of the name declorm-NAME)";
  return nullptr;
}

/// The constant in the module, once it is known that it fits this library.
const DriverModule &checked_module(void *handle, const std::string &path, std::string_view name) {
  const std::string symbol = "declorm_driver_" + std::string(name);
  const auto *const module = static_cast<const DriverModule *>(dlsym(handle, symbol.c_str()));
  if (!module)
    throw_unusable(path, "it does not define " + symbol + ", so it is no driver of declorm");
  if (module->interface != driver_interface || std::string_view(module->version) != DECLORM_VERSION)
    throw_unusable(
        path,
        "it was built for declorm " + std::string(module->version) +
            ", and this is declorm " DECLORM_VERSION +
            (module->interface == driver_interface ? "" : " with another interface of drivers") +
            "; install the driver that belongs to this version");
  if (module->library != &library_mark)
    throw_unusable(path, "it works with a copy of declorm other than the one that loads it, as "
                         "happens in a program that is linked with the static library; link the "
                         "shared library, or link the driver too and name it with "
                         "register_driver()");
  return *module;
}

} // namespace

void register_driver(const DriverModule &module) {
  const std::lock_guard lock(drivers().mutex);
  const auto [place, added] = drivers().by_name.emplace(module.name, &module);
  if (!added && place->second != &module)
    throw ArgumentError("there is a driver of the name '" + std::string(module.name) + "' already");
}

const DriverModule *find_driver(std::string_view name, std::string &looked) {
  looked.clear();
  const std::lock_guard lock(drivers().mutex);
  if (const auto found = drivers().by_name.find(name); found != drivers().by_name.end())
    return found->second;
  if (!can_be_module(name))
    return nullptr;
  std::string path;
  void *const handle = load("libdeclorm_" + std::string(name) + ".so", path, looked);
  if (!handle)
    return nullptr;
  const DriverModule &module = checked_module(handle, path, name);
  drivers().by_name.emplace(name, &module);
  return &module;
}

std::vector<std::string> found_drivers() {
  const std::lock_guard lock(drivers().mutex);
  std::vector<std::string> names;
  for (const auto &[name, module] : drivers().by_name)
    names.push_back(name);
  return names;
}

} // namespace declorm::detail
