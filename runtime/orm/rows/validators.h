// validators.h: functions that check the values of members.
#ifndef DECLORM_ORM_ROWS_VALIDATORS_H
#define DECLORM_ORM_ROWS_VALIDATORS_H

#include "runtime/orm/mapping/mapper_state.h"

namespace declorm::detail {

struct RelationshipRef;

/// Calls a validator of the mapper for an object, whose member then has what it returned.
inline void call_validator(const Validator &validator, void *object) {
  validator.thunk(static_cast<std::byte *>(object) + validator.holder, nullptr);
}

/// Calls the validators of one member of an object: a column's or a relationship's.
void validate_member(const MapperState &mapper, void *object, const RelationshipRef &member);
/// Calls the validators of the column at that position.
void validate_position(const MapperState &mapper, void *object, unsigned position);

} // namespace declorm::detail

#endif // DECLORM_ORM_ROWS_VALIDATORS_H
