// registered_model.cpp: constant registration tables and text to Model.
#include "runtime/orm/mapping/registered_model.h"

#include "runtime/model/class_text.h"

namespace declorm::detail {

model::Class to_model(const Class &class_) {
  model::Class result;
  result.key = class_.key;
  result.flags = class_.flags;
  result.size = class_.size;
  result.alignment = class_.alignment;
  model::read_class_text(class_.text, result);
  result.bases.reserve(class_.base_count);
  for (unsigned i = 0; i != class_.base_count; ++i) {
    const Base &base = class_.bases[i];
    result.bases.push_back({base.key,
                            {},
                            base.offset,
                            base.offset == no_offset,
                            {result.location.file, base.line, base.column},
                            true});
  }
  for (std::size_t i = 0; i != result.members.size(); ++i)
    result.members[i].offset = class_.offsets[i];
  unsigned thunks = 0;
  model::for_each_function(result, [&](model::Function &function, const auto &, const auto *) {
    function.thunk = class_.thunks[thunks++];
  });
  return result;
}

std::vector<Thunk> thunks_of(const Class &class_) {
  std::vector<Thunk> result;
  if (!class_.thunks)
    return result;
  const model::Class loaded = to_model(class_);
  model::for_each_function(loaded, [&](const model::Function &function, const auto &,
                                       const auto *) { result.push_back(function.thunk); });
  return result;
}

} // namespace declorm::detail
