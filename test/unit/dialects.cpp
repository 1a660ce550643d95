// dialects.cpp: SQL of a dialect that has the standard writers, and of one that overrides what it
// can, as a database that is far from the standard has to.
#include "declorm/dialect.h"
#include "runtime/engine/generation.h"
#include "runtime/engine/schema_reader.h"
#include "runtime/engine/text_rules.h"
#include "runtime/engine/type_rules.h"
#include "runtime/schema/ddl_writer.h"
#include "runtime/sql/sql_writer_parts.h"
#include "runtime/sql/table_statements.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace declorm::detail {
namespace {

using declorm::Type;

class StandardDdl : public DdlWriter {
public:
  using DdlWriter::DdlWriter;
  std::string table_names(std::string_view) const override { return "SELECT name FROM tables"; }
};

class StandardDialect : public Dialect {
public:
  std::string_view name() const override { return "standard"; }
  std::string type_sql(const Type &type) const override {
    return type.kind == TypeKind::string ? "VARCHAR" : "INT";
  }
  bool is_reserved(std::string_view word) const override { return word == "order"; }
  DialectLimits limits() const override { return {.name_length = 20}; }
  const Generation &generation() const override { return generation_; }
  const TypeRules &type_rules() const override { return type_rules_; }
  const TextRules &text_rules() const override { return text_rules_; }
  const DdlWriter &ddl() const override { return ddl_; }
  std::unique_ptr<SchemaReader> schema_reader(Connection &, std::string_view) const override {
    return nullptr;
  }

private:
  Generation generation_;
  TypeRules type_rules_;
  TextRules text_rules_;
  StandardDdl ddl_{*this};
};

/// A database with ways of its own, most of them MariaDB's.
class OwnWriter final : public SqlWriter {
public:
  using SqlWriter::SqlWriter;

private:
  Spelling spelling(Operator op) const override {
    if (op == Operator::modulo)
      return {" MOD ", tight_product};
    return op == Operator::divide ? Spelling{" DIV ", tight_product} : SqlWriter::spelling(op);
  }
  void write_concat(const OperatorNode &node) override {
    sql_ += "concat(";
    write(node.left);
    sql_ += ", ";
    write(node.right);
    sql_ += ')';
  }
  void write_distinct_from(const OperatorNode &node) override {
    sql_ += node.op == Operator::is_distinct ? "NOT " : "";
    const Parentheses parentheses(*this, node.op == Operator::is_distinct);
    write_binary(node, " <=> ");
  }
  void write_like(const LikeNode &node) override {
    write(node.operand, tight_comparison + 1);
    sql_ += node.flags & like_folded ? " ILIKE " : " LIKE BINARY ";
    write(node.pattern, tight_comparison + 1);
  }
  void write_filter(const FilterNode &node, const Field *) override {
    const auto &call = *as<FunctionNode>(node.aggregate);
    sql_ += call.name + "(CASE WHEN ";
    write(node.condition);
    sql_ += " THEN ";
    write_list(call.arguments);
    sql_ += " END)";
  }
  void write_frame(const WindowData &window) override {
    if (window.unit == Window::Unit::groups)
      throw ArgumentError("there are no groups");
    SqlWriter::write_frame(window);
  }
  void write_with_nulls(const std::function<void()> &write_expression,
                        const Ordering &order) override {
    write_expression();
    sql_ += order.nulls() == Ordering::Nulls::first ? " IS NOT NULL, " : " IS NULL, ";
    write_expression();
    sql_ += order.descending() ? " DESC" : "";
  }
  void write_default_values() override { sql_ += " () VALUES ()"; }
  void write_conflict(const WriteData &write) override {
    sql_ += "\nON DUPLICATE KEY UPDATE ";
    write_set(write.conflict_set);
  }
  void write_excluded(const NodePtr &column) override {
    sql_ += "VALUES(";
    write_bare_column(column);
    sql_ += ')';
  }
  void write_update(const WriteData &write, const Source &target) override {
    sql_ += "UPDATE ";
    for (const Source &source : scope_->sources()) {
      sql_ += &source == &scope_->sources().front() ? "" : ", ";
      write_source(source);
    }
    sql_ += " SET ";
    write_set(write.rows.front());
    sql_ += "\nWHERE ";
    this->write(both(write.where, restriction_of(target)));
  }
  std::string placeholder(int number, const Value &value) const override {
    return SqlWriter::placeholder(number, value) +
           (std::holds_alternative<std::string>(value.data()) ? "::text" : "");
  }
};

class OwnDialect final : public StandardDialect {
public:
  std::unique_ptr<SqlWriter> sql_writer() const override {
    return std::make_unique<OwnWriter>(*this);
  }
  std::string quote(std::string_view name) const override {
    return is_reserved(name) ? "`" + std::string(name) + "`" : Dialect::quote(name);
  }
  const Generation &generation() const override {
    static constexpr Generation generation{.key = Generation::Key::last_id,
                                           .update_returns = false};
    return generation;
  }
};

const StandardDialect standard;
const OwnDialect own;

class Dialects : public ::testing::Test {
protected:
  MetaData metadata;
  Table &table = metadata.add_table("items", Column("id", Integer, primary_key),
                                    Column("order", Integer), Column("name", declorm::String));
  Table &other = metadata.add_table("others", Column("id", Integer, primary_key));
  const NodePtr id = column_node(table.column("id")), name = column_node(table.column("name"));

  std::string written(const NodePtr &item, const Dialect &dialect) {
    SelectData select;
    select.items.push_back({item, {}});
    return written(select, dialect).substr(7);
  }
  std::string written(const SelectData &select, const Dialect &dialect) {
    return one_line(compile(select, dialect).sql);
  }
  static std::string one_line(std::string sql) {
    std::ranges::replace(sql, '\n', ' ');
    return sql;
  }
  SelectData from_table() {
    SelectData select;
    select.items.push_back({id, {}});
    return select;
  }
  WriteData write(WriteKind kind) {
    WriteData data;
    data.kind = kind;
    data.table = &table;
    return data;
  }
};

NodePtr make(auto data) { return std::make_shared<const Node>(Node{std::move(data)}); }
NodePtr one() { return literal_node(Value(1)); }

TEST_F(Dialects, Operators) {
  const NodePtr sum = binary_node(Operator::add, id, one());
  const NodePtr text = binary_node(Operator::concat, name, sum);
  EXPECT_EQ(written(text, standard), "items.name || items.id + $1 FROM items");
  EXPECT_EQ(written(binary_node(Operator::add, text, one()), standard),
            "(items.name || items.id + $1) + $2 FROM items");
  EXPECT_EQ(written(text, dialect("sqlite")), "items.name || (items.id + ?) FROM items");
  EXPECT_EQ(written(text, own), "concat(items.name, items.id + $1) FROM items");
  EXPECT_EQ(written(binary_node(Operator::modulo, id, one()), standard),
            "items.id % $1 FROM items");
  EXPECT_EQ(written(binary_node(Operator::modulo, id, one()), own), "items.id MOD $1 FROM items");
  EXPECT_EQ(written(binary_node(Operator::divide, id, one()), own), "items.id DIV $1 FROM items");
  EXPECT_EQ(written(binary_node(Operator::is_distinct, id, one()), standard),
            "items.id IS DISTINCT FROM $1 FROM items");
  EXPECT_EQ(written(binary_node(Operator::is_distinct, id, one()), own),
            "NOT (items.id <=> $1) FROM items");
  const NodePtr like = make(LikeNode{like_folded, name, literal_node(Value("x")), 0});
  EXPECT_EQ(written(like, standard), "lower(items.name) LIKE lower($1) FROM items");
  EXPECT_EQ(written(like, own), "items.name ILIKE $1::text FROM items");
  EXPECT_EQ(written(make(CastNode{id, Type(declorm::String)}), standard),
            "CAST(items.id AS VARCHAR) FROM items");
}

TEST_F(Dialects, RowValuesInAList) {
  const NodePtr row = make(ListNode{{one(), one()}});
  const NodePtr in =
      make(OperatorNode{Operator::in, make(ListNode{{id, name}}), make(ListNode{{row, row}})});
  EXPECT_EQ(written(in, standard), "(items.id, items.name) IN (($1, $2), ($3, $4)) FROM items");
  EXPECT_EQ(written(in, dialect("sqlite")),
            "(items.id, items.name) IN (VALUES (?, ?), (?, ?)) FROM items");
}

TEST_F(Dialects, AggregatesAndWindows) {
  const NodePtr sum = make(FunctionNode{"sum", {id}});
  const NodePtr filter = make(FilterNode{sum, binary_node(Operator::less, id, one())});
  EXPECT_EQ(written(filter, standard), "sum(items.id) FILTER (WHERE items.id < $1) FROM items");
  EXPECT_EQ(written(filter, own), "sum(CASE WHEN items.id < $1 THEN items.id END) FROM items");
  WindowData window;
  window.unit = Window::Unit::groups;
  EXPECT_EQ(written(make(OverNode{sum, window}), standard),
            "sum(items.id) OVER (GROUPS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM "
            "items");
  EXPECT_THROW(written(make(OverNode{sum, window}), own), ArgumentError);
}

TEST_F(Dialects, NullsComeFirstOrLast) {
  SelectData select = from_table();
  const NodePtr sum = binary_node(Operator::add, id, one());
  select.order.push_back(Ordering(sum, true).nulls_last());
  EXPECT_EQ(written(select, standard),
            "SELECT items.id FROM items ORDER BY items.id + $1 DESC NULLS LAST");
  EXPECT_EQ(written(select, own),
            "SELECT items.id FROM items ORDER BY items.id + $1 IS NULL, items.id + $2 DESC");
  EXPECT_EQ(compile(select, own).params.size(), 2u);
}

TEST_F(Dialects, LimitsPartsAndLocks) {
  SelectData select = from_table();
  select.offset = 5;
  select.for_update = true;
  EXPECT_EQ(written(select, standard), "SELECT items.id FROM items OFFSET $1 FOR UPDATE");
  EXPECT_EQ(written(select, dialect("sqlite")), "SELECT items.id FROM items LIMIT ? OFFSET ?");
  select.limit = 3;
  select.locks.skip_locked = true;
  EXPECT_EQ(written(select, standard),
            "SELECT items.id FROM items LIMIT $1 OFFSET $2 FOR UPDATE SKIP LOCKED");
  EXPECT_THROW(written(select, dialect("sqlite")), ArgumentError);
  select.locks = {{.nowait = true}, {}};
  EXPECT_EQ(written(select, standard),
            "SELECT items.id FROM items LIMIT $1 OFFSET $2 FOR UPDATE NOWAIT");
  EXPECT_THROW(written(select, dialect("sqlite")), ArgumentError);
  select.for_update = false;
  EXPECT_EQ(written(select, standard), "SELECT items.id FROM items LIMIT $1 OFFSET $2");
  SelectData both_parts;
  const auto part = std::make_shared<const SelectData>(select);
  both_parts.parts = {{SetOperator::union_, part}, {SetOperator::except, part}};
  EXPECT_EQ(written(both_parts, standard), "(SELECT items.id FROM items LIMIT $1 OFFSET $2) EXCEPT "
                                           "(SELECT items.id FROM items LIMIT $3 OFFSET $4)");
}

TEST_F(Dialects, RowsOfATable) {
  const Column *key[] = {&table.column("id")}, *order[] = {&table.column("order")};
  const ColumnSql made[] = {{&table.column("name"), "upper('x')"}, {order[0]}};
  EXPECT_EQ(one_line(insert_sql(table, made, key, standard)),
            "INSERT INTO items (name, \"order\") VALUES ((upper('x')), $1) RETURNING id");
  EXPECT_EQ(one_line(insert_sql(table, {}, {}, standard)), "INSERT INTO items DEFAULT VALUES");
  EXPECT_EQ(one_line(insert_sql(table, {}, {}, own)), "INSERT INTO items () VALUES ()");
  EXPECT_EQ(one_line(update_sql(table, made, key, order, standard)),
            "UPDATE items SET name = (upper('x')), \"order\" = $1 WHERE items.id = $2 "
            "RETURNING \"order\"");
  EXPECT_THROW(update_sql(table, made, key, order, own), ArgumentError);
  EXPECT_EQ(one_line(select_sql(table, order, key, own)),
            "SELECT items.`order` FROM items WHERE items.id = $1");
  EXPECT_EQ(one_line(delete_sql(table, key, standard)), "DELETE FROM items WHERE items.id = $1");
}

TEST_F(Dialects, ConflictsAndOtherTables) {
  WriteData insert = write(WriteKind::insert);
  insert.rows = {{{id, one()}}};
  insert.conflict = Conflict::do_update;
  insert.conflict_columns = {id};
  insert.conflict_set = {{id, excluded_node(id)}};
  EXPECT_EQ(one_line(compile(insert, standard).sql),
            "INSERT INTO items (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = excluded.id");
  EXPECT_EQ(one_line(compile(insert, own).sql),
            "INSERT INTO items (id) VALUES ($1) ON DUPLICATE KEY UPDATE id = VALUES(id)");
  WriteData update = write(WriteKind::update), remove = write(WriteKind::remove);
  update.rows = {{{id, one()}}};
  for (WriteData *data : {&update, &remove}) {
    data->from.push_back({.table = &other});
    data->where = binary_node(Operator::equal, id, column_node(other.column("id")));
  }
  EXPECT_EQ(one_line(compile(update, standard).sql),
            "UPDATE items SET id = $1 FROM others WHERE items.id = others.id");
  EXPECT_EQ(one_line(compile(update, own).sql),
            "UPDATE items, others SET id = $1 WHERE items.id = others.id");
  EXPECT_EQ(one_line(compile(remove, standard).sql),
            "DELETE FROM items USING others WHERE items.id = others.id");
  EXPECT_EQ(one_line(compile(remove, dialect("sqlite")).sql),
            "DELETE FROM items WHERE EXISTS (SELECT 1 FROM others WHERE items.id = others.id)");
}

TEST_F(Dialects, AnEmptyExpressionIsAnError) {
  EXPECT_THROW(written(binary_node(Operator::add, nullptr, one()), standard), ArgumentError);
}

TEST(Ddl, KeysCommentsAndComputedColumns) {
  MetaData metadata;
  metadata.add_table("things", Column("id", Integer, primary_key, comment("the 'key'")),
                     Column("twice", Integer, computed("id * 2")), comment("what there is"),
                     Index{.name = "ix_of_a_very_long_name", .columns = {"twice"}});
  EXPECT_EQ(create_all_sql(metadata, standard),
            "CREATE TABLE things (\n"
            "\tid INT GENERATED BY DEFAULT AS IDENTITY NOT NULL, \n"
            "\ttwice INT GENERATED ALWAYS AS (id * 2) STORED, \n"
            "\tPRIMARY KEY (id)\n"
            ");\n"
            "CREATE INDEX ix_of_a_ver_9d451962 ON things (twice);\n"
            "COMMENT ON TABLE things IS 'what there is';\n"
            "COMMENT ON COLUMN things.id IS 'the ''key''';\n");
}

TEST(Ddl, ForeignKeysOfACircleAreAddedAndDroppedByThemselves) {
  MetaData metadata;
  metadata.add_table("hens", Column("id", Integer, primary_key),
                     Column("egg_id", Integer, ForeignKey("eggs.id")));
  metadata.add_table("eggs", Column("id", Integer, primary_key),
                     Column("hen_id", Integer, ForeignKey("hens.id")));
  EXPECT_EQ(create_all_sql(metadata, standard),
            "CREATE TABLE hens (\n"
            "\tid INT GENERATED BY DEFAULT AS IDENTITY NOT NULL, \n"
            "\tegg_id INT, \n"
            "\tPRIMARY KEY (id)\n"
            ");\n"
            "CREATE TABLE eggs (\n"
            "\tid INT GENERATED BY DEFAULT AS IDENTITY NOT NULL, \n"
            "\then_id INT, \n"
            "\tPRIMARY KEY (id), \n"
            "\tFOREIGN KEY(hen_id) REFERENCES hens (id)\n"
            ");\n"
            "ALTER TABLE hens ADD CONSTRAINT fk_hens_egg_id FOREIGN KEY(egg_id) REFERENCES eggs "
            "(id);\n");
  const TableOrder order = order_by_dependency(metadata.tables());
  const std::vector<Table *> backwards(order.sorted.rbegin(), order.sorted.rend());
  EXPECT_EQ(standard.ddl().drop_all(backwards, order.circular),
            (std::vector<std::string>{"ALTER TABLE hens DROP CONSTRAINT fk_hens_egg_id",
                                      "DROP TABLE eggs", "DROP TABLE hens"}));
  EXPECT_EQ(dialect("sqlite").ddl().drop_all(backwards, order.circular),
            (std::vector<std::string>{"PRAGMA defer_foreign_keys = ON", "DELETE FROM hens",
                                      "DELETE FROM eggs", "DROP TABLE eggs", "DROP TABLE hens"}));
}

TEST(Ddl, TypesFitWhereTheDatabaseHasThem) {
  const TypeRules own_types;
  EXPECT_TRUE(types_fit(Integer, BigInteger, own_types));
  EXPECT_FALSE(types_fit(Integer, Boolean, own_types));
  EXPECT_FALSE(types_fit(Text, Uuid, own_types));
  EXPECT_TRUE(types_fit(Text, Uuid, TextStorageRules()));
}

} // namespace
} // namespace declorm::detail
