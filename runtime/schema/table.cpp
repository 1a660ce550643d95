// table.cpp: Table: its columns, and what columns and arguments say about constraints and indexes.
#include "declorm/schema.h"

#include "runtime/engine/suggest.h"
#include "runtime/schema/naming_convention.h"

#include <algorithm>

namespace declorm {

Table::~Table() = default;

Table::Table(MetaData &metadata, std::string name, std::string schema)
    : metadata_(&metadata), name_(std::move(name)), schema_(std::move(schema)),
      full_name_(schema_.empty() ? name_ : schema_ + "." + name_) {
  if (name_.empty())
    throw ArgumentError("a table has an empty name");
}

std::vector<const Column *> Table::columns() const {
  std::vector<const Column *> result;
  for (const auto &column : columns_)
    result.push_back(column.get());
  return result;
}

std::vector<std::string> Table::column_names() const {
  std::vector<std::string> names;
  for (const auto &column : columns_)
    names.push_back(column->name());
  return names;
}

const Column *Table::find_column(std::string_view name) const {
  for (const auto &column : columns_)
    if (column->name() == name)
      return column.get();
  return nullptr;
}

const Column &Table::column(std::string_view name) const {
  if (const Column *column = find_column(name))
    return *column;
  throw ArgumentError("the table " + full_name_ + " has no column '" + std::string(name) + "'" +
                      detail::suggestion(name, column_names()));
}

std::vector<const Column *> Table::primary_key() const {
  std::vector<const Column *> result;
  if (!constraints_.empty() && constraints_.front().kind == ConstraintKind::primary_key)
    for (const std::string &name : constraints_.front().columns)
      result.push_back(find_column(name));
  return result;
}

std::vector<const ForeignKey *> Table::foreign_keys() const {
  std::vector<const ForeignKey *> result;
  for (const auto &column : columns_)
    for (const ForeignKey &key : column->foreign_keys())
      result.push_back(&key);
  return result;
}

std::optional<std::string> Table::option(std::string_view name) const {
  for (const detail::TableOption &option : options_)
    if (option.name == name)
      return option.value;
  return std::nullopt;
}

void Table::check_columns(const std::string &what, const std::vector<std::string> &columns) const {
  if (columns.empty())
    throw ArgumentError("the " + what + " on table " + full_name_ + " names no columns");
  for (const std::string &name : columns)
    if (!find_column(name))
      throw ArgumentError("the " + what + " on table " + full_name_ + " names the column '" + name +
                          "', which the table does not have" +
                          detail::suggestion(name, column_names()));
}

void Table::append(detail::TableOption option) { options_.push_back(std::move(option)); }
void Table::append(detail::ColumnComment comment) { comment_ = std::move(comment.text); }
void Table::set_info(std::vector<std::pair<std::string, std::string>> info) {
  info_ = std::move(info);
}
void Table::set_left_out(std::vector<std::string> sentences) { left_out_ = std::move(sentences); }

void Table::append(Column column) {
  if (column.name_.empty())
    throw ArgumentError("a column of table " + full_name_ + " has an empty name");
  if (union_)
    throw ArgumentError("the column '" + column.name_ + "' cannot be added to " + full_name_ +
                        ", which is a union of other tables; add it to these before the union is "
                        "made");
  if (find_column(column.name_))
    throw ArgumentError("the table " + full_name_ + " has two columns named '" + column.name_ +
                        "'");
  column.table_ = this;
  columns_.push_back(std::make_unique<Column>(std::move(column)));
  add_column_constraints(*columns_.back());
}

void Table::drop_foreign_keys_of(const std::string &column) {
  const auto is_of_column = [&](const Constraint &constraint) {
    return constraint.kind == ConstraintKind::foreign_key && constraint.columns.size() == 1 &&
           constraint.columns.front() == column;
  };
  const auto explicit_end =
      constraints_.begin() + static_cast<std::ptrdiff_t>(explicit_constraints_);
  explicit_constraints_ -=
      static_cast<std::size_t>(std::count_if(constraints_.begin(), explicit_end, is_of_column));
  std::erase_if(constraints_, is_of_column);
}

void Table::replace(Column column) {
  const auto found =
      std::ranges::find_if(columns_, [&](const auto &each) { return each->name_ == column.name_; });
  if (found == columns_.end())
    return append(std::move(column));
  Column &old = **found;
  Column wanted = column; // what is not there yet, for constraints
  wanted.primary_key_ = column.primary_key_ && !old.primary_key_;
  column.primary_key_ = column.primary_key_ || old.primary_key_;
  if (column.foreign_keys_.empty())
    column.foreign_keys_ = old.foreign_keys_;
  else
    drop_foreign_keys_of(column.name_);
  const bool is_unique = std::ranges::any_of(constraints_, [&](const Constraint &constraint) {
    return constraint.kind == ConstraintKind::unique &&
           constraint.columns == std::vector{column.name_};
  });
  const bool has_index = std::ranges::any_of(
      indexes_, [&](const Index &each) { return each.columns == std::vector{column.name_}; });
  wanted.unique_ = wanted.unique_ && !is_unique;
  wanted.index_ = wanted.index_ && !has_index;
  column.table_ = this;
  old = std::move(column);
  add_column_constraints(wanted);
}

void Table::become(Table &&other) {
  for (std::unique_ptr<Column> &column : other.columns_) {
    const auto own = std::ranges::find_if(columns_, [&](const std::unique_ptr<Column> &each) {
      return each && each->name_ == column->name_;
    });
    if (own != columns_.end()) {
      **own = std::move(*column);
      column = std::move(*own);
    }
    column->table_ = this;
  }
  columns_ = std::move(other.columns_);
  constraints_ = std::move(other.constraints_);
  explicit_constraints_ = other.explicit_constraints_;
  indexes_ = std::move(other.indexes_);
  options_ = std::move(other.options_);
  info_ = std::move(other.info_);
  left_out_ = std::move(other.left_out_);
  comment_ = std::move(other.comment_);
  is_view_ = other.is_view_;
}

void Table::add_column_constraints(const Column &column) {
  if (column.primary_key_) {
    if (constraints_.empty() || constraints_.front().kind != ConstraintKind::primary_key) {
      constraints_.insert(constraints_.begin(), PrimaryKeyConstraint({}));
      ++explicit_constraints_;
    }
    Constraint &key = constraints_.front();
    key.columns.push_back(column.name_);
    if (!key.order.empty())
      key.order.emplace_back();
  }
  if (column.index_)
    append(Index{.name = "", .columns = {column.name_}, .unique = column.unique_});
  else if (column.unique_)
    constraints_.push_back(UniqueConstraint({column.name_}));
  for (const ForeignKey &key : column.foreign_keys_)
    constraints_.push_back(ForeignKeyConstraint({column.name_}, {key.target()}, key.options()));
  name_constraints();
}

namespace {

std::string title(const Constraint &constraint) {
  constexpr const char *kinds[] = {"primary key", "unique constraint", "foreign key constraint",
                                   "check constraint"};
  std::string text = kinds[static_cast<std::size_t>(constraint.kind)];
  if (!constraint.name.empty())
    text += " '" + constraint.name + "'";
  return text;
}

} // namespace

void Table::append(Constraint constraint) {
  if (constraint.kind == ConstraintKind::check) {
    if (constraint.sql.empty())
      throw ArgumentError("the " + title(constraint) + " on table " + full_name_ +
                          " has no condition");
  } else {
    check_columns(title(constraint), constraint.columns);
    if (!constraint.order.empty() && constraint.order.size() != constraint.columns.size())
      throw ArgumentError("the " + title(constraint) + " on table " + full_name_ + " has " +
                          std::to_string(constraint.columns.size()) + " columns, and an order of " +
                          std::to_string(constraint.order.size()) + "; give one for each, or none");
  }
  if (constraint.kind == ConstraintKind::foreign_key && constraint.columns.size() == 1)
    for (const auto &column : columns_)
      if (column->name_ == constraint.columns.front())
        column->foreign_keys_.emplace_back(constraint.referred.front(),
                                           ForeignKeyOptions{.on_delete = constraint.on_delete,
                                                             .on_update = constraint.on_update,
                                                             .deferrable = constraint.deferrable,
                                                             .name = constraint.name});
  if (constraint.kind != ConstraintKind::primary_key) {
    const auto place = constraints_.begin() + static_cast<std::ptrdiff_t>(explicit_constraints_++);
    constraints_.insert(place, std::move(constraint));
    return name_constraints();
  }
  const bool has_key =
      !constraints_.empty() && constraints_.front().kind == ConstraintKind::primary_key;
  if (has_key) {
    for (const std::string &name : constraints_.front().columns)
      if (std::ranges::find(constraint.columns, name) == constraint.columns.end())
        throw ArgumentError("the " + title(constraint) + " on table " + full_name_ +
                            " leaves out the column '" + name + "', which is a primary key too");
    constraints_.erase(constraints_.begin());
    --explicit_constraints_;
  }
  for (const auto &column : columns_)
    if (std::ranges::find(constraint.columns, column->name_) != constraint.columns.end())
      column->primary_key_ = true;
  constraints_.insert(constraints_.begin(), std::move(constraint));
  ++explicit_constraints_;
  name_constraints();
}

void Table::append(Index wanted) {
  if (wanted.expressions.empty() || !wanted.columns.empty())
    check_columns(wanted.name.empty() ? "index" : "index '" + wanted.name + "'", wanted.columns);
  if (wanted.name.empty() && wanted.columns.empty())
    throw ArgumentError("an index on table " + full_name_ +
                        " has expressions only; give it a name");
  if (wanted.name.empty()) {
    const NamingConvention *patterns = metadata_->naming();
    wanted.name =
        detail::conventional_name(patterns ? *patterns : NamingConvention(), *this, wanted);
  }
  indexes_.push_back(std::move(wanted));
}

} // namespace declorm
