// select_writer.cpp: SELECT, compounds, subqueries and common table expressions.
#include "runtime/schema/union_table.h"
#include "runtime/sql/sql_writer_parts.h"

#include <algorithm>

namespace declorm::detail {

namespace {

const char *spelled(SetOperator op) {
  switch (op) {
  case SetOperator::union_:
    return "UNION";
  case SetOperator::union_all:
    return "UNION ALL";
  case SetOperator::intersect:
    return "INTERSECT";
  case SetOperator::except:
    return "EXCEPT";
  }
  return "";
}

/// Whether the items say nothing of how many rows there are: an aggregate makes one of all.
bool is_plain(const SelectItem &item) {
  return !item.node || as<MemberNode>(item.node) || as<AttributeNode>(item.node) ||
         as<ColumnNode>(item.node) || as<DerivedColumnNode>(item.node);
}

/// Where in the columns of a SELECT the expression stands, from 1; 0: nowhere.
int position_of(const NodePtr &node, const SelectData &select, const Scope &scope) {
  const auto *label = as<LabelNode>(node);
  const auto resolved = label ? std::nullopt : scope.find(node);
  int position = 0;
  for (const SelectItem &item : select.items) {
    if (!item.node) {
      const Entity &entity = entity_of(*item.entity.type);
      for (const Column *column : entity.selected_columns()) {
        ++position;
        if (resolved && resolved->column == column && resolved->source->alias == item.entity.alias)
          return position;
      }
      position += int(entity.selected_expressions().size());
      continue;
    }
    ++position;
    if (item.node == node)
      return position;
    const auto *item_label = as<LabelNode>(item.node);
    if (label && item_label && item_label->name == label->name)
      return position;
    const NodePtr &operand = item_label ? item_label->operand : item.node;
    const auto other = resolved ? scope.find(operand) : std::nullopt;
    const auto *name = as<DerivedColumnNode>(node), *other_name = as<DerivedColumnNode>(operand);
    if (other && other->source == resolved->source && other->column == resolved->column &&
        (!name || name->name == other_name->name))
      return position;
  }
  return 0;
}

} // namespace

void SqlWriter::write_statement(const SelectData &select) {
  write_select(select, nullptr, nullptr);
}

void SqlWriter::write_select(const SelectData &select, const Scope *outer, const Names *names) {
  if (select.is_compound())
    return write_compound(select, outer, names);
  if (select.text) {
    items_wanted_ = false;
    compiled_.reads_unknown = true;
    const Scope scope(outer);
    const InScope inside(*this, scope);
    return write(select.text);
  }
  write_simple(select, outer, names, false);
}

void SqlWriter::write_simple(const SelectData &select, const Scope *outer, const Names *names,
                             bool only_exists) {
  const SelectScope parts = scope_of(select, outer);
  const InScope inside(*this, parts.scope);
  sql_ += select.distinct ? "SELECT DISTINCT " : "SELECT ";
  if (only_exists && std::all_of(select.items.begin(), select.items.end(), is_plain))
    sql_ += '1';
  else
    write_items(select.items, names);
  write_from(parts);
  write_where(select.where, parts.joined);
  if (!select.group.empty()) {
    sql_ += line() + std::string("GROUP BY ");
    write_list(select.group);
  }
  if (select.having) {
    sql_ += line() + std::string("HAVING ");
    write(select.having);
  }
  if (!select.order.empty()) {
    sql_ += line() + std::string("ORDER BY ");
    write_orders(select.order);
  }
  write_limit(select);
  if (select.for_update)
    write_for_update(select.locks);
}

/// The statement's condition, and what tells the rows of the classes in FROM from those of others
/// in their tables.
void SqlWriter::write_where(const NodePtr &where, std::size_t joined) {
  NodePtr condition = where;
  const auto &sources = scope_->sources();
  for (std::size_t i = 0; i + joined < sources.size(); ++i)
    condition = both(condition, restriction_of(sources[i]));
  if (!condition)
    return;
  sql_ += line() + std::string("WHERE ");
  write(condition);
}

void SqlWriter::write_extra(const SelectItem &first) {
  for (const ExtraColumn &extra : std::exchange(extra_, {})) {
    sql_ += ", ";
    if (extra.node) {
      write(extra.node);
    } else if (extra.column) {
      write_name(source_of(first.entity), &extra.column->table());
      sql_ += '.' + dialect_.quote(extra.column->name());
    } else {
      write(extra.entity->expression_of(extra.expression, first.entity.alias));
      sql_ += " AS " + dialect_.quote(extra.expression);
    }
  }
}

void SqlWriter::write_items(const std::vector<SelectItem> &items, const Names *names) {
  const bool wanted = std::exchange(items_wanted_, false);
  const bool is_part = std::exchange(part_wanted_, false);
  std::size_t column = 0;
  const auto next = [&] { sql_ += column++ ? ", " : ""; };
  const auto name = [&](std::string_view natural) {
    if (names && (*names)[column - 1].name != natural)
      sql_ += " AS " + dialect_.quote((*names)[column - 1].name);
  };
  for (const SelectItem &item : items) {
    if (wanted) {
      compiled_.item_columns.push_back(int(column));
      compiled_.item_fields.push_back(item.node ? scope_->field_of(item.node) : nullptr);
      compiled_.item_entities.push_back(item.node ? nullptr : &entity_of(*item.entity.type));
    }
    if (!item.node) {
      const Source source = source_of(item.entity);
      const std::vector<bool> *left_out = wanted && column == 0 ? left_out_ : nullptr;
      std::size_t place = 0;
      for (const Column *selected : source.entity->selected_columns()) {
        if (left_out && (*left_out)[place++])
          continue;
        next();
        if (!bare_columns_) {
          write_name(source, &selected->table());
          sql_ += '.';
        }
        sql_ += dialect_.quote(selected->name());
        name(selected->name());
      }
      for (const std::string &selected : source.entity->selected_expressions()) {
        if (left_out && (*left_out)[place++])
          continue;
        next();
        write(source.entity->expression_of(selected, source.alias));
        sql_ += " AS " + dialect_.quote(names ? (*names)[column - 1].name : selected);
      }
      continue;
    }
    next();
    write(item.node);
    if (const auto *label = as<LabelNode>(item.node)) {
      sql_ += " AS " + dialect_.quote(names ? (*names)[column - 1].name : label->name);
      labels_.push_back(label->name);
    } else {
      const bool is_expression = scope_->expand(item.node) != nullptr;
      const Column *written = is_expression ? nullptr : scope_->column_of(item.node);
      const auto *derived = as<DerivedColumnNode>(item.node);
      name(written ? written->name() : derived ? derived->name : std::string());
    }
  }
  if ((wanted || is_part) && !extra_.empty())
    write_extra(items.front());
}

void SqlWriter::write_from(const SelectScope &parts) {
  const auto &sources = scope_->sources();
  std::size_t next = 0;
  for (; next + parts.joined != sources.size(); ++next) {
    sql_ += next ? std::string(", ") : line() + std::string("FROM ");
    write_source(sources[next]);
  }
  for (const PlannedJoin &join : parts.joins) {
    sql_ += join.kind == JoinKind::inner  ? " JOIN "
            : join.kind == JoinKind::left ? " LEFT OUTER JOIN "
                                          : " FULL OUTER JOIN ";
    // A row of the table in between counts only with one of the target.
    const bool is_nested = join.between_on && join.kind != JoinKind::inner;
    const Source *between = join.between_on ? &sources[next++] : nullptr;
    const Source &target = sources[next++];
    const NodePtr target_on = both(between ? join.between_on : join.on, restriction_of(target));
    if (between) {
      sql_ += is_nested ? "(" : "";
      write_source(*between, true);
      if (!is_nested) {
        sql_ += " ON ";
        write(join.on);
      }
      sql_ += " JOIN ";
    }
    write_source(target, true);
    sql_ += " ON ";
    write(target_on);
    if (is_nested) {
      sql_ += ") ON ";
      write(join.on);
    }
  }
}

void SqlWriter::write_limit(const SelectData &select) {
  if (select.limit) {
    sql_ += line() + std::string("LIMIT ");
    bind(Value(*select.limit));
  }
  if (select.offset) {
    sql_ += (select.limit ? " " : line()) + std::string("OFFSET ");
    bind(Value(*select.offset));
  }
}

void SqlWriter::write_for_update(const RowLocks &locks) {
  sql_ += line() + std::string("FOR UPDATE");
  const char *before = " OF ";
  for (const TypeId *type : locks.of) {
    const Entity &entity = entity_of(*type);
    bool is_read = false;
    for (const Source &source : scope_->sources()) {
      if (source.entity != &entity)
        continue;
      is_read = true;
      for (const EntityTable &table : source.tables()) {
        sql_ += std::exchange(before, ", ");
        sql_ += dialect_.quote(source.alias.empty() ? table.table->name()
                                                    : table_alias(source, table.table));
      }
    }
    if (!is_read)
      throw ArgumentError("with_for_update(): the statement does not read from class '" +
                          entity.class_name() + "', whose rows it is to lock; it reads from " +
                          scope_->source_names());
  }
  sql_ += locks.skip_locked ? " SKIP LOCKED" : locks.nowait ? " NOWAIT" : "";
}

void SqlWriter::write_whole_part(const SelectData &part, const Scope *outer, const Names *names) {
  write_subquery(part, outer, names);
}

void SqlWriter::write_compound(const SelectData &select, const Scope *outer, const Names *names) {
  if (select.parts.size() == 1 && !select.has_tail()) // raw SQL, as it is
    return write_select(*select.parts.front().second, outer, names);
  const bool is_result = items_wanted_ || part_wanted_;
  const std::span<const ExtraColumn> extra = extra_; // each part selects it
  for (std::size_t i = 0; i != select.parts.size(); ++i) {
    if (i) {
      sql_ += line() + std::string(spelled(select.parts[i].first)) + line();
      part_wanted_ = is_result;
      extra_ = extra;
    }
    const SelectData &part = *select.parts[i].second;
    if (part.has_tail() || part.is_compound() || part.text)
      write_whole_part(part, outer, i ? nullptr : names);
    else
      write_select(part, outer, i ? nullptr : names);
  }
  part_wanted_ = false;
  if (!select.order.empty())
    write_compound_orders(select, outer);
  write_limit(select);
}

void SqlWriter::write_compound_orders(const SelectData &select, const Scope *outer) {
  const SelectData &first = first_part(select);
  const SelectScope parts = scope_of(first, outer);
  const InScope inside(*this, parts.scope);
  const char *before = "ORDER BY ";
  sql_ += line();
  for (const Ordering &order : select.order) {
    sql_ += std::exchange(before, ", ");
    NodePtr node = order.node();
    if (!as<TextNode>(node)) {
      const auto *collate = as<CollateNode>(node);
      const int position = position_of(collate ? collate->operand : node, first, parts.scope);
      if (position == 0)
        throw ArgumentError("order_by() of a union takes items of its first SELECT, and this is "
                            "none of them; select it there, or write text(\"1\") for the first");
      node = text_node(std::to_string(position));
      if (collate)
        node = collate_node(std::move(node), collate->name);
    }
    write_ordering(order, node);
  }
}

void SqlWriter::write_subquery(const SelectData &select, const Scope *outer, const Names *names) {
  ++depth_;
  sql_ += '(';
  write_select(select, outer, names);
  sql_ += ')';
  --depth_;
}

const std::string &SqlWriter::name_of(const DerivedPtr &derived) {
  if (!derived->name.empty())
    return derived->name;
  std::string &name = made_up_names_[derived.get()];
  if (name.empty())
    name = "anon_" + std::to_string(made_up_names_.size());
  return name;
}

std::string SqlWriter::table_alias(const Source &source, const Table *table) const {
  const bool is_own = !source.entity || table == &source.entity->mapped_table();
  return is_own ? source.alias : source.alias + "_" + table->name();
}

void SqlWriter::write_name(const Source &source, const Table *table) {
  if (source.derived)
    sql_ += dialect_.quote(source.alias.empty() ? name_of(source.derived) : source.alias);
  else if (!source.alias.empty())
    sql_ += dialect_.quote(table_alias(source, table));
  else
    sql_ += dialect_.quote_qualified(table->schema(), table->name());
}

void SqlWriter::write_tables(const Source &source, bool is_joined) {
  std::size_t inner = 0;
  const std::vector<EntityTable> tables = source.tables(&inner);
  is_joined &= tables.size() > 1;
  sql_ += is_joined ? "(" : "";
  for (std::size_t i = 0; i != tables.size(); ++i) {
    const auto &[table, on] = tables[i];
    add_tables_of(*table, compiled_.tables);
    sql_ += i == 0 ? "" : i < inner ? " JOIN " : " LEFT OUTER JOIN ";
    sql_ += from_sql(*table, dialect_,
                     source.alias.empty() ? std::string() : table_alias(source, table));
    const char *before = " ON ";
    for (const auto &[own, other] : on) {
      sql_ += std::exchange(before, " AND ");
      write_name(source, &own->table());
      sql_ += '.' + dialect_.quote(own->name()) + " = ";
      write_name(source, &other->table());
      sql_ += '.' + dialect_.quote(other->name());
    }
  }
  sql_ += is_joined ? ")" : "";
}

void SqlWriter::write_source(const Source &source, bool is_joined) {
  if (!source.derived)
    return write_tables(source, is_joined);
  if (source.derived->is_cte) {
    use_cte(source.derived);
    sql_ += dialect_.quote(source.derived->name);
  } else {
    // What stands beside it in FROM is not in its scope, what is around the statement is.
    write_subquery(*source.derived->select, scope_->outer(), &source.derived->columns());
    if (source.alias.empty())
      sql_ += " AS " + dialect_.quote(name_of(source.derived));
  }
  if (!source.alias.empty())
    sql_ += " AS " + dialect_.quote(source.alias);
}

void SqlWriter::use_cte(const DerivedPtr &derived) {
  const Derived *root = root_of(derived);
  const auto check = [&](const Derived *known, const std::string &name) {
    if (known != root && ascii_lower(name) == ascii_lower(derived->name))
      throw ArgumentError("two common table expressions of the statement are called '" +
                          derived->name + "'; give one of them another name");
    return known == root;
  };
  for (const auto &[known, name] : open_ctes_)
    if (check(known, name))
      return; // it reads from itself
  for (WrittenCte &cte : ctes_)
    if (check(cte.root, cte.name)) {
      if (derived->base && !cte.recursive)
        throw ArgumentError("the common table expression '" + derived->name +
                            "' is used both with and without what union_all() added; use only the "
                            "one that union_all() returned");
      return;
    }
  write_cte(derived);
}

void SqlWriter::write_cte(const DerivedPtr &derived) {
  // Its text and parameters stand in front of everything else.
  WrittenCte cte{root_of(derived), derived->name, std::exchange(sql_, {}),
                 std::exchange(compiled_.params, {}), derived->base != nullptr};
  const bool wanted = std::exchange(items_wanted_, false);
  open_ctes_.emplace_back(cte.root, cte.name);
  sql_ += dialect_.quote(derived->name);
  const char *before = "(";
  for (const OutputColumn &column : derived->columns()) {
    sql_ += std::exchange(before, ", ");
    sql_ += dialect_.quote(column.name);
  }
  sql_ += derived->columns().empty() ? " AS " : ") AS ";
  const int depth = std::exchange(depth_, 0);
  write_subquery(*derived->select, nullptr);
  depth_ = depth;
  open_ctes_.pop_back();
  items_wanted_ = wanted;
  std::swap(cte.sql, sql_);
  std::swap(cte.params, compiled_.params);
  ctes_.push_back(std::move(cte));
}

} // namespace declorm::detail
