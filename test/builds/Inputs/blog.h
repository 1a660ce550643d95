// A model with what the registration text treats differently: private members, a bit-field, an
// optional, a base, virtual functions, a function as an argument.
#ifndef BLOG_H
#define BLOG_H

#include <cstdint>
#include <optional>
#include <string>

namespace blog {

struct Numbered {
  Numbered() : revision(1) {}
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] unsigned revision : 4;
};

inline std::optional<std::string> first_language() { return "en"; }

class [[declorm::table("posts")]] Post : public Numbered {
public:
  Post() : stars_(0) {}
  explicit Post(std::string title, unsigned stars) : title_(std::move(title)), stars_(stars) {}
  virtual ~Post() = default;

  const std::string &title() const { return title_; }
  unsigned stars() const { return stars_; }
  const std::optional<std::string> &language() const { return language_; }

private:
  [[using declorm: column("title"), index]] std::string title_;
  [[declorm::column("stars")]] unsigned stars_ : 4;
  [[using declorm: column("language"), default_value(&first_language)]]
  std::optional<std::string> language_{};
};

} // namespace blog

#endif
