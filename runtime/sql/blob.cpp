// blob.cpp: which value of which row open_blob() means.
#include "declorm/blob.h"

#include "runtime/engine/blob_state.h"
#include "runtime/sql/entity.h"
#include "runtime/sql/node.h"

namespace declorm::detail {
namespace {

const Column &column_of(const NodePtr &node) {
  const Column *column = nullptr;
  if (const auto *member = std::get_if<MemberNode>(&node->data)) {
    const TypeId *entity = member->member.entity;
    column = entity_of(entity ? *entity : *member->member.declaring).column_of(member->member);
  } else if (const auto *attribute = std::get_if<AttributeNode>(&node->data)) {
    column = entity_of(attribute->entity).column_of(attribute->name);
  } else if (const auto *given = std::get_if<ColumnNode>(&node->data)) {
    column = given->column;
  }
  if (!column)
    throw ArgumentError("open_blob() takes a mapped member, col<&T::m> or attr<T>(\"m\"), or a "
                        "column of a Table");
  return *column;
}

} // namespace

Blob open_blob(Connection &connection, const NodePtr &node, std::vector<Value> key) {
  const Column &column = column_of(node);
  const Table &table = column.table();
  BlobPlace place{table.schema(), table.name(), column.name(), {}, std::move(key)};
  for (const Column *part : table.primary_key())
    place.key_columns.push_back(part->name());
  if (place.key_columns.size() != place.key.size())
    throw ArgumentError("open_blob(): the key of table " + table.full_name() + " has " +
                        std::to_string(place.key_columns.size()) + " values, not " +
                        std::to_string(place.key.size()));
  auto state = std::make_unique<BlobState>(connection.shared_state(), std::move(place));
  state->handle(false);
  return Blob(std::move(state));
}

} // namespace declorm::detail
