// model.cpp: Plain data about annotated classes.

#include "runtime/model/model.h"

namespace declorm::model {

std::string_view Class::unqualified_name() const {
  const std::string_view text = name;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i != text.size(); ++i) {
    const char c = text[i];
    if (c == '<' || c == '(')
      ++depth;
    else if (c == '>' || c == ')')
      --depth;
    else if (c == ':' && depth == 0)
      begin = i + 1;
  }
  return text.substr(begin);
}

} // namespace declorm::model
