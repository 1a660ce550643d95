// validators.cpp: functions that check the values of members.
#include "runtime/orm/rows/validators.h"

#include "runtime/orm/mapping/relationship.h"

#include <algorithm>

namespace declorm::detail {

void validate_position(const MapperState &mapper, void *object, unsigned position) {
  if (!mapper.hooks)
    return;
  for (const Validator &validator : mapper.hooks->validators)
    if (validator.has(position))
      call_validator(validator, object);
}

void validate_member(const MapperState &mapper, void *object, const RelationshipRef &member) {
  if (const Column *column = mapper.column_of({member.declaring, nullptr, member.offset})) {
    for (unsigned i = 0; i != mapper.columns.size(); ++i)
      if (mapper.columns[i] == column)
        validate_position(mapper, object, i);
    return;
  }
  if (const CompositeColumns *found =
          mapper.composite_of({member.declaring, nullptr, member.offset})) {
    const auto &composite = static_cast<const MappedComposite &>(*found);
    for (const Validator &validator : mapper.hooks->validators)
      if (std::ranges::any_of(composite.positions, [&](unsigned at) { return validator.has(at); }))
        call_validator(validator, object);
    return;
  }
  const std::string &name = find_relationship(mapper, member).name();
  for (const Validator &validator : mapper.hooks->validators)
    if (validator.positions.empty() && validator.attribute == name)
      call_validator(validator, object);
}

} // namespace declorm::detail
