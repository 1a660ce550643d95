// keys.cpp: the keys of objects, and whether a member holds anything.
#include "runtime/orm/rows/keys.h"

#include "runtime/engine/text_storage.h"
#include "runtime/orm/mapping/load_plan.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// Tells whether a member is NULL, 0 or empty, without making a Value.
struct ProbeSink : TextStorageSink<ProbeSink> {
  static constexpr bool stores_nan = true;
  ProbeSink(bool *null, bool *zero) : is_null(null), is_zero(zero) {}
  bool *is_null, *is_zero;

  void null(int) { *is_null = true; }
  void integer(int, std::int64_t value) { *is_zero = value == 0; }
  void real(int, double value) { *is_zero = value == 0; }
  void text(int, std::string_view value) { *is_zero = value.empty(); }
  void copied_text(int index, std::string_view value) { text(index, value); }
  void blob(int, std::span<const std::byte> value) {
    *is_zero =
        std::all_of(value.begin(), value.end(), [](std::byte b) { return b == std::byte(0); });
  }
  void value(int index, const Value &value) {
    std::visit(
        [&](const auto &data) {
          using T = std::decay_t<decltype(data)>;
          if constexpr (std::is_same_v<T, std::monostate>)
            null(index);
          else if constexpr (std::is_same_v<T, std::int64_t>)
            integer(index, data);
          else if constexpr (std::is_same_v<T, double>)
            real(index, data);
          else if constexpr (std::is_same_v<T, std::string>)
            text(index, data);
          else
            blob(index, data);
        },
        value.data());
  }
};

} // namespace

Value zero_of(const Field &field) {
  switch (field.code) {
  case TypeCode::text:
  case TypeCode::text_array:
    return Value("");
  case TypeCode::bytes:
    return Value(Bytes());
  case TypeCode::byte_array:
    return Value(Bytes(array_size(field)));
  case TypeCode::uuid:
    return Value(UUID());
  default:
    return Value(0);
  }
}

bool is_empty(const Field &field, const void *object) {
  if (field.code == TypeCode::uuid) {
    const Value value = value_of(field, object);
    return value.is_null() || value == zero_of(field);
  }
  bool is_null = false, is_zero = false;
  store(std::span(&field, 1), object, 0, ProbeSink{&is_null, &is_zero});
  return is_null || is_zero;
}

bool is_other_unset(const Field &field, const ColumnInfo &info, const void *object) {
  // An empty composite is NULL in all its columns, and that is given.
  if (!is_open(field, object))
    return false;
  if (info.unset == Unset::zero)
    return is_empty(field, object);
  if (info.unset == Unset::value)
    return value_of(field, object) == info.made().unset;
  bool is_null = false, is_zero = false;
  store(std::span(&field, 1), object, 0, ProbeSink{&is_null, &is_zero});
  return is_null;
}

ObjectValues MapperState::values_of(const void *object) const {
  ObjectValues result;
  for (const unsigned position : key_positions) {
    if (is_unset(all_fields[position], infos[position], object))
      throw InvalidRequestError("an object of class '" + qualified_name + "' whose key '" +
                                infos[position].member +
                                "' has no value yet is compared with a relationship; flush() the "
                                "session first");
    result.values.emplace_back(infos[position].column, value_of(all_fields[position], object));
  }
  result.key_size = key_positions.size();
  for (std::size_t i = 0; i != infos.size(); ++i) {
    Value value = value_of(all_fields[i], object);
    for (const Column *further : infos[i].also_in_tables)
      result.values.emplace_back(further, value);
    if (!infos[i].is_key)
      result.values.emplace_back(infos[i].column, std::move(value));
  }
  return result;
}

Key key_of(const MapperState &mapper, const void *object) {
  Key key;
  for (const Field &field : mapper.key_fields)
    key.push_back(value_of(field, object));
  return key;
}

void check_key_size(const MapperState &mapper, std::size_t size) {
  require_key(mapper);
  if (size == mapper.key_fields.size() && !mapper.table->union_definition())
    return;
  const std::vector<const Column *> key = mapper.mapper->primary_key();
  if (size == key.size())
    return;
  std::string columns;
  for (const Column *column : key)
    columns += (columns.empty() ? "" : ", ") + column->name();
  throw ArgumentError("the key of " + describe(mapper) + " is (" + columns +
                      "): " + std::to_string(key.size()) + " values, not " + std::to_string(size));
}

std::string key_text(const Key &key) {
  std::string text = "(";
  for (std::size_t i = 0; i != key.size(); ++i)
    text += (i ? ", " : "") + key[i].to_string();
  return text + ")";
}

} // namespace declorm::detail
