// url.h: a database URL, taken apart: `dialect://user:password@host:port/database?key=value`,
// where several hosts stand with commas between them: `host:port,host:port`.
#ifndef DECLORM_ENGINE_URL_H
#define DECLORM_ENGINE_URL_H

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace declorm::detail {

struct Url {
  std::string dialect;
  std::string user, password;
  /// Several hosts have a comma between them, and then their ports have too: "a,b" and "5432,".
  std::string host, port;
  std::string database; ///< what follows the slash after the host, percent-decoded
  bool has_database = false;
  std::vector<std::pair<std::string, std::string>> query; ///< in the order written, decoded

  /// As it was written, with *** for the password.
  std::string shown;
};

/// Throws ArgumentError that says what is wrong; a password is never shown.
Url parse_url(std::string_view text);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_URL_H
