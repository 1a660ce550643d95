// What PostgreSQL's driver does without a server: bulk statements, numerics, times, the catalog's
// texts.
#include "runtime/dialect/postgresql/bulk_statement.h"
#include "runtime/dialect/postgresql/catalog_text.h"
#include "runtime/dialect/postgresql/postgresql_wire_values.h"

#include <gtest/gtest.h>

using namespace declorm::detail;

namespace {

std::optional<std::string> bulk(std::string_view sql, std::vector<PgType> types) {
  return bulk_sql(sql, types);
}

std::string bytes(std::initializer_list<int> shorts) {
  std::string result;
  for (const int value : shorts) {
    char pair[2];
    put_network(pair, static_cast<std::uint16_t>(value));
    result.append(pair, 2);
  }
  return result;
}

} // namespace

TEST(PostgresqlBulk, Insert) {
  EXPECT_EQ(
      bulk("INSERT INTO t (a, b)\nVALUES ($1, $2)\nRETURNING id", {PgType::int4, PgType::numeric}),
      "INSERT INTO t (a, b)\nSELECT declorm_rows.c1, declorm_rows.c2::numeric\nFROM "
      "unnest($1::integer[], $2::text[]) WITH ORDINALITY AS declorm_rows(c1, c2, n)\nORDER BY "
      "n\nRETURNING id");
}

TEST(PostgresqlBulk, Change) {
  EXPECT_EQ(bulk("UPDATE t SET a = $1\nWHERE t.id = $2", {PgType::text, PgType::int8}),
            "UPDATE t SET a = declorm_rows.c1\nFROM unnest($1::text[], $2::bigint[]) AS "
            "declorm_rows(c1, c2)\nWHERE "
            "t.id = declorm_rows.c2");
  EXPECT_EQ(
      bulk("DELETE FROM t\nWHERE t.id = $1", {PgType::uuid}),
      "DELETE FROM t\nUSING unnest($1::uuid[]) AS declorm_rows(c1)\nWHERE t.id = declorm_rows.c1");
  // A `$1` in a name or a text is none.
  EXPECT_EQ(bulk("UPDATE \"$1\" SET a = $1\nWHERE b = '$1'", {PgType::int2}),
            "UPDATE \"$1\" SET a = declorm_rows.c1\nFROM unnest($1::smallint[]) AS "
            "declorm_rows(c1)\nWHERE b = '$1'");
}

TEST(PostgresqlBulk, Refused) {
  EXPECT_FALSE(bulk("INSERT INTO t DEFAULT VALUES", {}));
  EXPECT_FALSE(bulk("INSERT INTO t (a)\nVALUES ($1)", {static_cast<PgType>(99999)}));
  EXPECT_FALSE(bulk("INSERT INTO t (a)\nVALUES ($1)\nON CONFLICT DO NOTHING", {PgType::int4}));
  EXPECT_FALSE(bulk("INSERT INTO t (a, b)\nVALUES ($1, (1 + 2))", {PgType::int4}));
  EXPECT_FALSE(
      bulk("UPDATE t SET a = $1\nWHERE t.id = $2\nRETURNING a", {PgType::int4, PgType::int4}));
  EXPECT_FALSE(bulk("UPDATE t SET a = (SELECT 1 FROM u)\nWHERE t.id = $1", {PgType::int4}));
  EXPECT_FALSE(bulk("UPDATE \"\nWHERE \" SET a = $1", {PgType::int4}));
  EXPECT_FALSE(bulk("SELECT $1", {PgType::int4}));
}

TEST(PostgresqlBulk, Array) {
  PgArray array(PgType::int4);
  EXPECT_TRUE(array.add("\0\0\0\7", 4, 1));
  EXPECT_TRUE(array.add(nullptr, 0, 1));
  EXPECT_FALSE(array.add("7", 1, 0)); // in the other form
  const std::string wanted(
      "\0\0\0\1\0\0\0\1\0\0\0\x17\0\0\0\2\0\0\0\1\0\0\0\4\0\0\0\7\xff\xff\xff\xff", 32);
  EXPECT_EQ(array.bytes(), wanted);
}

TEST(PostgresqlValues, Numeric) {
  const auto text = [](std::initializer_list<int> shorts) {
    return PgNumeric(bytes(shorts)).text();
  };
  EXPECT_EQ(text({0, 0, 0, 0}), "0");
  EXPECT_EQ(text({0, 0, 0, 2}), "0.00");
  EXPECT_EQ(text({2, 0, 0, 2, 12, 5000}), "12.50");
  EXPECT_EQ(text({2, 1, 0x4000, 0, 1, 1}), "-10001");
  EXPECT_EQ(text({1, -1, 0, 4, 1}), "0.0001");
  EXPECT_EQ(text({1, -2, 0, 8, 1}), "0.00000001");
  EXPECT_EQ(text({1, 2, 0, 0, 5}), "500000000");
  EXPECT_EQ(text({0, 0, 0xC000, 0}), "NaN");
  EXPECT_EQ(text({0, 0, 0xF000, 0}), "-Infinity");
  const std::string twelve = bytes({1, 0, 0, 0, 12}), broken = bytes({2, 0, 0, 0, 12});
  EXPECT_EQ(PgNumeric(twelve).integer(), 12);
  EXPECT_THROW(PgNumeric{broken}, declorm::InterfaceError);
  EXPECT_THROW(PgNumeric{std::string_view("abc")}, declorm::InterfaceError);
}

TEST(PostgresqlValues, Times) {
  EXPECT_EQ(timestamp_text(0), "2000-01-01 00:00:00");
  EXPECT_EQ(timestamp_text(-1), "1999-12-31 23:59:59.999999");
  EXPECT_EQ(timestamp_text(std::numeric_limits<std::int64_t>::max()), "infinity");
  EXPECT_EQ(date_text_of_days(-1), "1999-12-31");
  EXPECT_EQ(date_text_of_days(-730'120), "0001-12-31 BC");
  EXPECT_EQ(clock_text(86'399'000'001), "23:59:59.000001");
  EXPECT_FALSE(micros_of({0, 1}));
  EXPECT_EQ(*time_of_micros(*micros_of({-5, 1000})), (Time{-5, 1000}));
}

TEST(PostgresqlCatalog, Texts) {
  EXPECT_EQ(without_parentheses("((a) + (b))"), "(a) + (b)");
  EXPECT_EQ(without_parentheses("(a) + (b)"), "(a) + (b)");
  EXPECT_EQ(without_cast("'it''s'::character varying(40)"), "'it''s'");
  EXPECT_EQ(without_cast("'a'::text || 'b'::text"), "'a'::text || 'b'::text");
  EXPECT_EQ(without_cast("now()"), "now()");
  EXPECT_EQ(check_condition("CHECK ((age > 0)) NOT VALID"), "age > 0");
  const auto is_text = [](std::string_view name) { return name == "name"; };
  EXPECT_EQ(without_added_casts("(name)::text <> 'x'::text AND price > (0)::numeric", is_text),
            "name <> 'x' AND price > 0");
  EXPECT_EQ(without_added_casts("(age)::text = 'x'::text", is_text), "(age)::text = 'x'");
  EXPECT_EQ(without_added_casts("lower(name::text)", is_text), "lower(name)");
}
