// sqlite_sql_writer.cpp: SQLite's SELECT, INSERT and DELETE, where they differ from others.
#include "runtime/dialect/sqlite/sqlite_sql_writer.h"

#include "runtime/dialect/sqlite/sqlite_times.h"

namespace declorm::detail {

SqlWriter::Spelling SqliteSqlWriter::spelling(Operator op) const {
  if (op == Operator::concat)
    return {" || ", tight_concat};
  return SqlWriter::spelling(op);
}

/// Row values are compared with a table of them: a list of them is no list to SQLite.
void SqliteSqlWriter::write_in_list(const ListNode &list, const ListNode *row, const Field *field) {
  if (!row)
    return SqlWriter::write_in_list(list, row, field);
  sql_ += "(VALUES ";
  for (std::size_t i = 0; i != list.items.size(); ++i) {
    sql_ += i ? ", " : "";
    write_row(list.items[i], *row);
  }
  sql_ += ')';
}

/// Dates and times become texts in the form in which declorm writes them.
void SqliteSqlWriter::write_cast(const NodePtr &operand, const Type &type) {
  const std::size_t start = sql_.size();
  write(operand);
  const std::string time = sqlite_time_cast_sql(std::string_view(sql_).substr(start), type.kind);
  if (!time.empty()) {
    sql_.replace(start, std::string::npos, time);
  } else {
    sql_.insert(start, "CAST(");
    write_cast_end(type);
  }
}

void SqliteSqlWriter::write_extract(const ExtractNode &node) {
  static constexpr std::pair<std::string_view, const char *> formats[] = {
      {"year", "%Y"},   {"month", "%m"},  {"day", "%d"}, {"hour", "%H"},
      {"minute", "%M"}, {"second", "%S"}, {"dow", "%w"}, {"doy", "%j"}};
  for (const auto &[part, format] : formats)
    if (part == node.part)
      sql_ += std::string("CAST(strftime('") + format + "', ";
  write(node.operand);
  sql_ += ") AS INTEGER)";
}

/// There are no parentheses around the parts of a compound.
void SqliteSqlWriter::write_whole_part(const SelectData &part, const Scope *outer,
                                       const Names *names) {
  sql_ += "SELECT * FROM ";
  write_subquery(part, outer, names);
}

/// OFFSET stands behind a LIMIT only; -1 is none.
/// The database locks more than rows, when the first of them is written.
void SqliteSqlWriter::write_for_update(const RowLocks &locks) {
  if (locks.skip_locked || locks.nowait)
    throw ArgumentError(std::string("with_for_update(): SQLite locks whole databases and no rows, "
                                    "so that it cannot ") +
                        (locks.skip_locked ? "skip those that are locked" : "tell of locked ones") +
                        "; leave " + (locks.skip_locked ? "skip_locked" : "nowait") + " out");
}

void SqliteSqlWriter::write_limit(const SelectData &select) {
  SelectData limited = {};
  limited.limit = select.limit;
  limited.offset = select.offset;
  if (limited.offset && !limited.limit)
    limited.limit = -1;
  SqlWriter::write_limit(limited);
}

/// Without a WHERE, the ON of ON CONFLICT is taken for that of a join.
void SqliteSqlWriter::write_insert_source(const WriteData &write) {
  if (write.conflict == Conflict::none)
    return SqlWriter::write_insert_source(write);
  SelectData select = *write.source;
  if (select.is_compound() || select.text) {
    sql_ += "SELECT * FROM ";
    write_subquery(select, nullptr);
    sql_ += " WHERE 1 = 1";
    return;
  }
  if (!select.where)
    select.where = text_node("1 = 1");
  write_select(select, nullptr, nullptr);
}

/// DELETE reads from one table; the others stand in a subquery.
void SqliteSqlWriter::write_delete_using(const WriteData &write, const Source &target) {
  SelectData others;
  others.items.push_back({text_node("1"), {}});
  others.from = write.from;
  others.where = both(write.where, restriction_of(target));
  sql_ += "\nWHERE EXISTS ";
  write_subquery(others, scope_);
}

} // namespace declorm::detail
