// The model: ordinary classes with annotations. It needs no declorm header.
#ifndef QUICKSTART_MODEL_H
#define QUICKSTART_MODEL_H

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace blog {

// Private members are mapped like any other.
class [[declorm::table("users")]] User {
public:
  User() = default;
  explicit User(std::string name, std::optional<std::string> fullname = {})
      : name_(std::move(name)), fullname_(std::move(fullname)) {}

  std::int64_t id() const { return id_; }
  const std::string &name() const { return name_; }
  const std::optional<std::string> &fullname() const { return fullname_; }
  void rename(std::string name) { name_ = std::move(name); }

private:
  [[using declorm: column("id"), primary_key]] std::int64_t id_ = 0;
  [[using declorm: column("name"), length(50), unique]] std::string name_;
  [[declorm::column("fullname")]] std::optional<std::string> fullname_;
};

struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, length(100)]] std::string email;
  [[using declorm: column, foreign_key("users.id"), index]] std::int64_t user_id = 0;
};

} // namespace blog

#endif // QUICKSTART_MODEL_H
