// outer.cpp: For whom a class nested in a mixin is made.

#include "runtime/model/outer.h"

#include "runtime/model/lineage.h"

namespace declorm::model {

void OuterFinder::index_users() {
  Lineage lineage;
  for (const ProgramClass &program_class : program_.classes) {
    const Class &class_ = program_class.class_();
    if (!has_table(class_))
      continue;
    lineage.assign(program_, class_);
    for (std::size_t i = 1; i < lineage.ancestors.size(); ++i)
      users_[lineage.ancestors[i].class_].push_back(&class_);
  }
  is_indexed_ = true;
}

const Class *OuterFinder::find(const Class &nested) {
  if (!is_indexed_)
    index_users();
  for (const std::string &key : nested.enclosing) {
    const Class *outer = program_.find(key);
    if (!outer)
      continue;
    if (has_table(*outer))
      return outer;
    if (auto users = users_.find(outer); users != users_.end())
      return users->second.size() == 1 ? users->second.front() : nullptr;
  }
  return nullptr;
}

} // namespace declorm::model
