// statement.cpp: compiles statements and runs them.
#include "declorm/statement.h"
#include "runtime/engine/field_io.h"
#include "runtime/engine/query_run.h"
#include "runtime/sql/compiler.h"

namespace declorm::detail {

namespace {

Source source_of(const EntityRef &ref) {
  const Entity &entity = entity_of(*ref.type);
  return {&entity, &entity.mapped_table(), ref.alias};
}

void write_list(Compiler &compiler, const std::vector<NodePtr> &nodes) {
  for (std::size_t i = 0; i != nodes.size(); ++i) {
    compiler.write(i ? ", " : "");
    compiler.write(nodes[i]);
  }
}

/// The SELECT list; returns where each item begins.
std::vector<int> write_items(Compiler &compiler, const SelectData &data) {
  std::vector<int> begins;
  int column = 0;
  for (const SelectItem &item : data.items) {
    begins.push_back(column);
    if (item.node) {
      compiler.write(column++ ? ", " : "");
      compiler.write_item(item.node);
      continue;
    }
    const Source source = source_of({item.entity});
    for (const Column *selected : source.entity->selected_columns()) {
      compiler.write(column++ ? ", " : "");
      compiler.write_column(source, *selected);
    }
  }
  return begins;
}

void write_from(Compiler &compiler, const SelectData &data, std::size_t joined) {
  const auto &sources = compiler.sources();
  const std::size_t count = sources.size() - joined;
  for (std::size_t i = 0; i != count; ++i) {
    compiler.write(i ? ", " : "\nFROM ");
    compiler.write_source(sources[i]);
  }
  for (std::size_t i = 0; i != data.joins.size(); ++i) {
    compiler.write(data.joins[i].outer ? " LEFT OUTER JOIN " : " JOIN ");
    compiler.write_source(sources[count + i]);
    compiler.write(" ON ");
    compiler.write(data.joins[i].on);
  }
}

void write_tail(Compiler &compiler, const SelectData &data) {
  if (data.where) {
    compiler.write("\nWHERE ");
    compiler.write(data.where);
  }
  if (!data.group.empty()) {
    compiler.write("\nGROUP BY ");
    write_list(compiler, data.group);
  }
  if (data.having) {
    compiler.write("\nHAVING ");
    compiler.write(data.having);
  }
  for (std::size_t i = 0; i != data.order.size(); ++i) {
    compiler.write(i ? ", " : "\nORDER BY ");
    compiler.write_order(data.order[i].node());
    compiler.write(data.order[i].descending() ? " DESC" : "");
  }
  if (data.limit || data.offset) {
    compiler.write("\nLIMIT ");
    compiler.write(literal_node(Value(data.limit.value_or(-1))));
  }
  if (data.offset) {
    compiler.write(" OFFSET ");
    compiler.write(literal_node(Value(*data.offset)));
  }
}

} // namespace

Compiled compile(const SelectData &data, const Dialect &dialect) {
  Compiler compiler(dialect);
  // A class that is joined is not in FROM besides.
  std::vector<Source> joined;
  for (const Join &join : data.joins)
    joined.push_back(source_of(join.target));
  for (const EntityRef &ref : data.from)
    compiler.add_source(source_of(ref));
  Compiler items(dialect);
  for (const SelectItem &item : data.items) {
    if (item.entity)
      items.add_source(source_of({item.entity}));
    else
      items.add_sources_of(item.node);
  }
  for (const Source &source : items.sources()) {
    bool is_joined = false;
    for (const Source &join : joined)
      is_joined |= join.table == source.table && join.alias == source.alias;
    if (!is_joined)
      compiler.add_source(source);
  }
  if (compiler.sources().empty() && !joined.empty())
    throw ArgumentError("a statement that only selects from the class it joins needs from<T>()");
  for (const Source &source : joined)
    compiler.add_source(source);

  compiler.write(data.distinct ? "SELECT DISTINCT " : "SELECT ");
  std::vector<int> begins = write_items(compiler, data);
  write_from(compiler, data, joined.size());
  write_tail(compiler, data);
  std::vector<const Field *> fields;
  for (const SelectItem &item : data.items)
    fields.push_back(item.node ? compiler.field_of(item.node) : nullptr);
  Compiled compiled = compiler.take();
  compiled.item_columns = std::move(begins);
  compiled.item_fields = std::move(fields);
  return compiled;
}

Compiled compile(const WriteData &data, const Dialect &dialect) {
  Compiler compiler(dialect);
  const Source target = source_of({data.entity});
  compiler.add_source(target);
  const auto value = [&](const Assignment &assignment, const Column &column) {
    compiler.write_value(assignment.value, &column, compiler.field_of(column));
  };

  switch (data.kind) {
  case WriteData::insert: {
    if (data.rows.empty() || data.rows.front().empty())
      throw ArgumentError("insert into '" + target.table->full_name() + "' without values()");
    compiler.write("INSERT INTO ");
    compiler.write_source(target);
    std::vector<const Column *> columns;
    for (const Assignment &assignment : data.rows.front()) {
      compiler.write(columns.empty() ? " (" : ", ");
      columns.push_back(&compiler.write_bare_column(assignment.column));
    }
    compiler.write(")\nVALUES ");
    for (std::size_t row = 0; row != data.rows.size(); ++row) {
      if (data.rows[row].size() != columns.size())
        throw ArgumentError("insert into '" + target.table->full_name() +
                            "': all rows need values for the same columns");
      for (std::size_t i = 0; i != columns.size(); ++i) {
        compiler.write(i ? ", " : row ? ", (" : "(");
        if (compiler.column_of(data.rows[row][i].column) != columns[i])
          throw ArgumentError("insert into '" + target.table->full_name() +
                              "': all rows need values for the same columns, in the same order");
        value(data.rows[row][i], *columns[i]);
      }
      compiler.write(")");
    }
    return compiler.take();
  }
  case WriteData::update:
    if (data.rows.empty() || data.rows.front().empty())
      throw ArgumentError("update of '" + target.table->full_name() + "' without set()");
    compiler.write("UPDATE ");
    compiler.write_source(target);
    for (bool first = true; const Assignment &assignment : data.rows.front()) {
      compiler.write(std::exchange(first, false) ? " SET " : ", ");
      const Column &column = compiler.write_bare_column(assignment.column);
      compiler.write(" = ");
      value(assignment, column);
    }
    break;
  case WriteData::remove:
    compiler.write("DELETE FROM ");
    compiler.write_source(target);
    break;
  }
  if (data.where) {
    compiler.write("\nWHERE ");
    compiler.write(data.where);
  }
  return compiler.take();
}

struct Cursor::State {
  std::shared_ptr<ConnectionState> connection;
  Compiled compiled;
  std::vector<const Entity *> entities; ///< per item; null: a value
  std::optional<QueryRun> run;
};

Cursor::Cursor(Connection &connection, Compiled compiled, const std::vector<SelectItem> &items)
    : state_(std::make_unique<State>()) {
  state_->connection = connection.shared_state();
  state_->compiled = std::move(compiled);
  for (const SelectItem &item : items)
    state_->entities.push_back(item.entity ? &entity_of(*item.entity) : nullptr);
  ConnectionState &on = *state_->connection;
  on.autobegin();
  state_->run.emplace(on, on.prepare(state_->compiled.sql), state_->compiled.sql,
                      state_->compiled.params);
}

Cursor::Cursor(Cursor &&) noexcept = default;
Cursor &Cursor::operator=(Cursor &&) noexcept = default;
Cursor::~Cursor() = default;

bool Cursor::next() { return state_->run->step(); }

Value Cursor::value(std::size_t item) const {
  Value value = state_->run->column(state_->compiled.item_columns[item]);
  const Field *field = state_->compiled.item_fields[item];
  if (!field)
    return value;
  if (field->null_reads && value.is_null())
    return *field->null_value;
  if (!field->enum_names || value.is_null())
    return value;
  const auto *text = std::get_if<std::string>(&value.data());
  for (const auto &[name, number] : *field->enum_names)
    if (text && name == *text)
      return Value(number);
  throw_unfit(*field, value);
}

bool Cursor::is_missing(std::size_t item) const {
  const auto columns = state_->entities[item]->selected_columns();
  for (std::size_t i = 0; i != columns.size(); ++i)
    if (columns[i]->primary_key() &&
        !state_->run->column(state_->compiled.item_columns[item] + int(i)).is_null())
      return false;
  return true;
}

void Cursor::fail(std::size_t item, const DataError &error) const {
  const Field *field = state_->compiled.item_fields[item];
  const std::string where =
      field && field->names
          ? field->names->full_member() + " (column " + field->names->full_column() + ")"
          : "item " + std::to_string(item + 1) + " of the SELECT";
  throw DataError(where + ": " + error.what() + "\n[SQL: " + state_->compiled.sql + "]",
                  state_->compiled.sql);
}

void Cursor::fetch(std::size_t item, void *object) const {
  state_->run->fetch(state_->entities[item]->fields(), object, state_->compiled.item_columns[item]);
}

std::int64_t count_rows(Connection &connection, const SelectData &data) {
  SelectData counted = data;
  counted.order.clear();
  const bool wrapped = data.limit || data.offset || data.distinct || !data.group.empty();
  if (!wrapped) {
    for (const SelectItem &item : data.items)
      if (item.entity)
        counted.from.push_back({item.entity});
    counted.items = {{count().node(), nullptr}};
  }
  Compiled compiled = compile(counted, connection.dialect());
  if (wrapped)
    compiled.sql = "SELECT count(*)\nFROM (" + compiled.sql + ") AS counted";
  return connection.execute(compiled.sql, Params(std::move(compiled.params)))
      .scalar()
      .as<std::int64_t>();
}

Result execute_write(Connection &connection, const WriteData &data) {
  Compiled compiled = compile(data, connection.dialect());
  return connection.execute(compiled.sql, Params(std::move(compiled.params)));
}

} // namespace declorm::detail
