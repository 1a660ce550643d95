// Snapshots: what is packed comes back, and equal values have equal bytes.
#include "runtime/orm/session/snapshot.h"

#include <gtest/gtest.h>

using declorm::Bytes;
using declorm::Value;
using namespace declorm::detail;

namespace {

TEST(Snapshot, PackedValuesComeBack) {
  const std::vector<Value> values{
      Value(),
      Value(0),
      Value(1),
      Value(-1),
      Value(255),
      Value(-256),
      Value(std::numeric_limits<std::int64_t>::min()),
      Value(std::numeric_limits<std::int64_t>::max()),
      Value(0.0),
      Value(1e-9),
      Value(std::numeric_limits<double>::infinity()),
      Value(""),
      Value(std::string("a\0b", 3)),
      Value(std::string(255, 'x')),
      Value(std::string(256, 'y')),
      Value(std::string(100'000, 'z')),
      Value(Bytes()),
      Value(Bytes(255)),
      Value(Bytes(256, std::byte(7))),
  };
  PackBuffer buffer;
  for (const Value &value : values)
    pack(value, buffer);
  const std::byte *entry = buffer.bytes().data();
  EXPECT_EQ(packed_size(entry, values.size()), buffer.bytes().size());
  for (const Value &value : values)
    EXPECT_EQ(unpack(entry), value) << value.to_string();
  EXPECT_EQ(entry, buffer.bytes().data() + buffer.bytes().size());
}

TEST(Snapshot, EveryIntegerLengthComesBack) {
  for (int bits = 0; bits != 63; ++bits)
    for (const std::int64_t near : {-1, 0, 1})
      for (const std::int64_t sign : {-1, 1}) {
        const Value value(sign * ((std::int64_t(1) << bits) + near));
        PackBuffer buffer;
        pack(value, buffer);
        const std::byte *entry = buffer.bytes().data();
        EXPECT_EQ(unpack(entry), value);
      }
}

TEST(Snapshot, DifferentKindsDiffer) {
  // NULL, 0, 0.0, "" and no bytes are five different keys.
  const std::vector<Value> values{Value(), Value(0), Value(0.0), Value(""), Value(Bytes())};
  for (const Value &left : values)
    for (const Value &right : values) {
      PackBuffer one, other;
      pack(left, one);
      pack(right, other);
      const bool equal = std::ranges::equal(one.bytes(), other.bytes());
      EXPECT_EQ(equal, left == right);
    }
}

} // namespace
