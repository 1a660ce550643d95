// snapshot.cpp: packing, comparing and reading snapshots.
#include "runtime/orm/session/snapshot.h"

#include "runtime/engine/text_storage.h"
#include "runtime/orm/session/object_store.h"

#include <algorithm>
#include <bit>

namespace declorm::detail {

namespace {

/// Bytes that put_integer() may write to.
constexpr std::size_t largest_integer = 1 + sizeof(std::int64_t);

/// Writes an integer's entry and returns its end.
inline std::byte *put_integer(std::byte *place, std::int64_t value) {
  // Zigzag keeps small negative numbers short.
  const auto bits =
      (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
  const unsigned count = unsigned(std::bit_width(bits) + 7) / 8;
  *place = std::byte(tag_integer + count);
  std::memcpy(place + 1, &bits, sizeof bits); // all of them, which takes one instruction
  return place + 1 + count;
}

struct PackSink : TextStorageSink<PackSink> {
  static constexpr bool stores_nan = true;
  explicit PackSink(PackBuffer *to) : buffer(to) {}
  PackBuffer *buffer;

  void null(int) { *buffer->grow(1) = std::byte(tag_null); }
  void integer(int, std::int64_t value) {
    buffer->end_at(put_integer(buffer->room(largest_integer), value));
  }
  void real(int, double value) {
    std::byte *place = buffer->grow(1 + sizeof value);
    *place = std::byte(tag_real);
    std::memcpy(place + 1, &value, sizeof value);
  }
  void sized(unsigned tag8, unsigned tag32, const void *data, std::size_t size) {
    if (size < 256) {
      std::byte *place = buffer->grow(2 + size);
      place[0] = std::byte(tag8);
      place[1] = std::byte(size);
      if (size != 0)
        std::memcpy(place + 2, data, size);
      return;
    }
    const auto size32 = static_cast<std::uint32_t>(size);
    std::byte *place = buffer->grow(5 + size);
    place[0] = std::byte(tag32);
    std::memcpy(place + 1, &size32, 4);
    std::memcpy(place + 5, data, size);
  }
  void text(int, std::string_view value) {
    sized(tag_text8, tag_text32, value.data(), value.size());
  }
  void copied_text(int index, std::string_view value) { text(index, value); }
  void blob(int, std::span<const std::byte> value) {
    sized(tag_blob8, tag_blob32, value.data(), value.size());
  }
  void value(int, const Value &value) { pack(value, *buffer); }
};

} // namespace

void pack(std::span<const Field> fields, const void *object, PackBuffer &buffer) {
  const auto *const base = static_cast<const std::byte *>(object);
  std::byte *end = buffer.room(0);
  const auto make_room = [&](std::size_t count) {
    if (static_cast<std::size_t>(buffer.limit() - end) < count) {
      buffer.end_at(end);
      end = buffer.room(count);
    }
  };
  // Most members are plain ones of a few types; store() knows them all.
  for (const Field &field : fields) {
    const void *const place = base + field.offset;
    const TypeCode code = field.optional || is_indirect(field) ? TypeCode::none : field.code;
    if (code == TypeCode::int64 || code == TypeCode::int32) {
      make_room(largest_integer);
      end = put_integer(end, code == TypeCode::int64 ? at<std::int64_t>(place)
                                                     : at<std::int32_t>(place));
    } else if (code == TypeCode::text && at<std::string>(place).size() < 256) {
      const std::string &text = at<std::string>(place);
      make_room(2 + text.size());
      end[0] = std::byte(tag_text8);
      end[1] = std::byte(text.size());
      std::memcpy(end + 2, text.data(), text.size());
      end += 2 + text.size();
    } else {
      buffer.end_at(end);
      store(std::span(&field, 1), object, 0, PackSink{&buffer});
      end = buffer.room(0);
    }
  }
  buffer.end_at(end);
}

void unpack_into(const MapperState &mapper, const std::byte *entry, void *object) {
  for (const Field &field : mapper.packed_fields) {
    const Value value = unpack(entry);
    bool same = false;
    try {
      same = value_of(field, object) == value;
    } catch (...) {
      // The member cannot be stored, so it is not what was read.
    }
    if (!same)
      assign(field, object, value);
  }
}

void pack(const Value &value, PackBuffer &buffer) {
  PackSink sink{&buffer};
  const Value::Data &data = value.data();
  if (const auto *integer = std::get_if<std::int64_t>(&data))
    sink.integer(0, *integer);
  else if (const auto *real = std::get_if<double>(&data))
    sink.real(0, *real);
  else if (const auto *text = std::get_if<std::string>(&data))
    sink.text(0, *text);
  else if (const auto *bytes = std::get_if<Bytes>(&data))
    sink.blob(0, *bytes);
  else
    sink.null(0);
}

std::string packed_value(const Field &field, const void *object) {
  PackBuffer buffer;
  pack(std::span(&field, 1), object, buffer);
  const std::span<const std::byte> bytes = buffer.bytes();
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::size_t packed_offset(const MapperState &mapper, const std::byte *snapshot, unsigned position) {
  std::size_t offset = 0;
  for (const unsigned at : mapper.packed_positions) {
    if (at == position)
      break;
    offset += entry_size(snapshot + offset);
  }
  return offset;
}

std::string_view entry_at(const MapperState &mapper, const std::byte *snapshot, unsigned position) {
  const std::byte *entry = snapshot + packed_offset(mapper, snapshot, position);
  return {reinterpret_cast<const char *>(entry), entry_size(entry)};
}

Value unpack(const std::byte *&entry) {
  const std::byte *begin = entry;
  const std::size_t size = entry_size(begin);
  entry += size;
  const auto tag = unsigned(begin[0]);
  if (tag == tag_null)
    return {};
  if (tag < tag_real) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, begin + 1, tag - tag_integer);
    return Value(static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1)));
  }
  if (tag == tag_real) {
    double value;
    std::memcpy(&value, begin + 1, sizeof value);
    return Value(value);
  }
  const std::size_t header = tag == tag_text8 || tag == tag_blob8 ? 2 : 5;
  if (tag == tag_text8 || tag == tag_text32)
    return Value(std::string(reinterpret_cast<const char *>(begin) + header, size - header));
  return Value(Bytes(begin + header, begin + size));
}

ColumnMask changed_columns(const MapperState &mapper, const std::byte *left,
                           const std::byte *right) {
  ColumnMask changed;
  find_changed_columns(mapper, left, right, changed);
  return changed;
}

void find_changed_columns(const MapperState &mapper, const std::byte *left, const std::byte *right,
                          ColumnMask &changed) {
  changed.assign(mapper.columns.size(), false);
  for (const unsigned position : mapper.packed_positions) {
    const std::size_t left_size = entry_size(left), right_size = entry_size(right);
    changed[position] = left_size != right_size || std::memcmp(left, right, left_size) != 0;
    left += left_size;
    right += right_size;
  }
}

std::vector<Value> values_in_row(const ObjectState &state, std::span<const unsigned> positions) {
  const MapperState &mapper = *state.mapper;
  std::vector<Value> values;
  if (!state.snapshot || state.read_only) {
    for (const unsigned position : positions)
      values.push_back(value_of(mapper.all_fields[position], state.object));
    return values;
  }
  values.resize(positions.size());
  std::size_t left = positions.size();
  const std::byte *entry = state.snapshot;
  for (const unsigned packed : mapper.packed_positions) {
    if (left == 0)
      break;
    const auto wanted = std::find(positions.begin(), positions.end(), packed);
    if (wanted == positions.end()) {
      entry += entry_size(entry);
      continue;
    }
    values[std::size_t(wanted - positions.begin())] = unpack(entry);
    --left;
  }
  return values;
}

std::vector<Value> unpack_key(const MapperState &mapper, const std::byte *snapshot) {
  std::vector<Value> key;
  for (std::size_t i = 0; i != mapper.key_fields.size(); ++i)
    key.push_back(unpack(snapshot));
  return key;
}

} // namespace declorm::detail
