// output.cpp: headers to files: first beside their places, then all of them into these.

#include "utils/declorm-automap/output.h"

#include "declorm/error.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace declorm::automap {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path &path, const std::string &why) {
  throw Error("'" + path.string() + "' cannot be written: " + why);
}

/// Removes the files that did not get to their places.
class TemporaryFiles {
public:
  ~TemporaryFiles() {
    std::error_code ignored;
    for (const auto &[temporary, place] : files_)
      fs::remove(temporary, ignored);
  }

  void write(const fs::path &place, const std::string &text) {
    fs::path temporary = place;
    temporary += ".declorm-automap";
    files_.emplace_back(temporary, place);
    std::ofstream stream(temporary, std::ios::binary);
    stream << text;
    stream.close();
    if (!stream)
      fail(place, std::strerror(errno));
  }

  void move() {
    std::error_code error;
    for (const auto &[temporary, place] : files_)
      if (fs::rename(temporary, place, error); error)
        fail(place, error.message());
  }

private:
  std::vector<std::pair<fs::path, fs::path>> files_;
};

} // namespace

void write_files(const std::string &folder, const std::vector<Header> &headers, bool force) {
  for (const Header &header : headers) {
    const fs::path path = fs::path(folder) / header.file;
    if (fs::is_directory(path))
      fail(path, "it is a folder");
    if (!force && fs::exists(path))
      throw Error("'" + path.string() + "' exists; --force overwrites it. Nothing was written.");
  }
  std::error_code error;
  if (!folder.empty() && !fs::is_directory(folder))
    if (fs::create_directories(folder, error); error)
      fail(folder, error.message());
  TemporaryFiles files;
  for (const Header &header : headers)
    files.write(fs::path(folder) / header.file, header.text);
  files.move();
}

} // namespace declorm::automap
