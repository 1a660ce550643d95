// column.cpp: types, columns, foreign keys and the makers of constraints.
#include "declorm/schema.h"

#include "declorm/dialect.h"
#include "declorm/error.h"
#include "runtime/model/foreign_key_action.h"

namespace declorm {

struct detail::RareColumnParts {
  std::optional<ColumnDefault> default_value;
  std::optional<std::string> server_default, computed;
  std::string comment, collation;
  std::vector<ColumnOption> options;
  bool computed_stored = false;
};

std::string Type::sql(const Dialect &dialect) const { return dialect.type_sql(*this); }

namespace {

/// The action as SQL spells it. It goes into the DDL as it is.
std::string checked_action(const char *option, const std::string &text) {
  if (!model::is_foreign_key_action(text))
    throw ArgumentError(std::string(option) + " of a foreign key is '" + text +
                        "', which no foreign key can do; it is " + model::foreign_key_actions_text);
  return detail::ascii_upper(text);
}

ForeignKeyOptions checked(ForeignKeyOptions options) {
  options.on_delete = checked_action("on_delete", options.on_delete);
  options.on_update = checked_action("on_update", options.on_update);
  return options;
}

} // namespace

ForeignKey::ForeignKey(std::string target, ForeignKeyOptions options)
    : target_(std::move(target)), options_(checked(std::move(options))) {
  const std::size_t dot = target_.rfind('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == target_.size())
    throw ArgumentError("the foreign key target '" + target_ +
                        "' names no column; write \"table.column\" or \"schema.table.column\"");
}

std::string ForeignKey::target_table() const { return target_.substr(0, target_.rfind('.')); }
std::string ForeignKey::target_column() const { return target_.substr(target_.rfind('.') + 1); }

Column::Column(PlainColumn, std::string name, Type type)
    : name_(std::move(name)), type_(std::move(type)) {}
Column::Column(const Column &) = default;
Column::Column(Column &&) noexcept = default;
Column &Column::operator=(const Column &) = default;
Column &Column::operator=(Column &&) noexcept = default;
Column::~Column() = default;

void Column::apply(detail::ColumnDefault value) { add_rare().default_value = std::move(value); }
void Column::apply(detail::ServerDefault value) {
  add_rare().server_default = std::move(value.sql);
}
void Column::apply(detail::Computed value) {
  add_rare().computed = std::move(value.sql);
  add_rare().computed_stored = value.stored;
}
void Column::apply(detail::Collation value) { add_rare().collation = std::move(value.name); }
void Column::apply(detail::ColumnComment value) { add_rare().comment = std::move(value.text); }
void Column::apply(detail::Autoincrement value) {
  has_autoincrement_ = true;
  autoincrement_ = value.enabled;
}
void Column::apply(detail::ColumnOption value) { add_rare().options.push_back(std::move(value)); }
void Column::apply(ForeignKey key) { foreign_keys_.push_back(std::move(key)); }

void Column::apply(detail::ColumnFlag flag) {
  switch (flag) {
  case detail::ColumnFlag::primary_key:
    primary_key_ = true;
    break;
  case detail::ColumnFlag::not_null:
    nullable_ = false;
    break;
  case detail::ColumnFlag::nullable:
    nullable_ = true;
    break;
  case detail::ColumnFlag::unique:
    unique_ = true;
    break;
  case detail::ColumnFlag::index:
    index_ = true;
    break;
  }
}

Column Column::with_type(Type type) const {
  Column column(*this);
  column.type_ = std::move(type);
  column.foreign_keys_.clear();
  column.table_ = nullptr;
  return column;
}

namespace {

template <class Option>
std::optional<std::string> value_of(const std::vector<Option> &options, std::string_view name) {
  for (const Option &option : options)
    if (option.name == name)
      return option.value;
  return std::nullopt;
}

} // namespace

std::optional<std::string> Column::option(std::string_view name) const {
  return value_of(options(), name);
}

std::optional<std::string> Constraint::option(std::string_view wanted) const {
  return value_of(options, wanted);
}

const detail::RareColumnParts &Column::rare() const {
  static const detail::RareColumnParts none;
  return rare_.empty() ? none : rare_.front();
}

detail::RareColumnParts &Column::add_rare() {
  return rare_.empty() ? rare_.emplace_back() : rare_.front();
}

const std::optional<detail::ColumnDefault> &Column::default_value() const {
  return rare().default_value;
}
const std::optional<std::string> &Column::server_default() const { return rare().server_default; }
const std::optional<std::string> &Column::computed() const { return rare().computed; }
bool Column::computed_stored() const { return rare().computed_stored; }
const std::string &Column::collation() const { return rare().collation; }
const std::string &Column::comment() const { return rare().comment; }
const std::vector<detail::ColumnOption> &Column::options() const { return rare().options; }

const Table &Column::table() const {
  if (!table_)
    throw InvalidRequestError("the column " + name_ +
                              " belongs to no table yet; add_table() gives it to one");
  return *table_;
}

bool Column::autoincrement() const {
  const bool is_integer = type_.kind == TypeKind::integer ||
                          type_.kind == TypeKind::small_integer ||
                          type_.kind == TypeKind::big_integer;
  if (!primary_key_ || !is_integer || (has_autoincrement_ && !autoincrement_) || !table_)
    return false;
  if (table_->primary_key().size() != 1)
    return false;
  if (autoincrement_)
    return true;
  if (default_value() || server_default() || computed())
    return false;
  for (const Constraint &constraint : table_->constraints())
    if (constraint.kind == ConstraintKind::foreign_key)
      for (const std::string &column : constraint.columns)
        if (column == name_)
          return false;
  return true;
}

Constraint PrimaryKeyConstraint(std::vector<std::string> columns, std::string name) {
  Constraint constraint;
  constraint.kind = ConstraintKind::primary_key;
  constraint.columns = std::move(columns);
  constraint.name = std::move(name);
  return constraint;
}

Constraint UniqueConstraint(std::vector<std::string> columns, std::string name) {
  Constraint constraint;
  constraint.kind = ConstraintKind::unique;
  constraint.columns = std::move(columns);
  constraint.name = std::move(name);
  return constraint;
}

Constraint ForeignKeyConstraint(std::vector<std::string> columns, std::vector<std::string> referred,
                                ForeignKeyOptions options) {
  if (columns.size() != referred.size())
    throw ArgumentError("a foreign key constraint has " + std::to_string(columns.size()) +
                        " columns and refers to " + std::to_string(referred.size()) +
                        "; it needs one for each");
  options = checked(std::move(options));
  Constraint constraint;
  constraint.kind = ConstraintKind::foreign_key;
  constraint.columns = std::move(columns);
  constraint.referred = std::move(referred);
  constraint.on_delete = std::move(options.on_delete);
  constraint.on_update = std::move(options.on_update);
  constraint.deferrable = options.deferrable;
  constraint.name = std::move(options.name);
  return constraint;
}

Constraint CheckConstraint(std::string sql, std::string name) {
  Constraint constraint;
  constraint.kind = ConstraintKind::check;
  constraint.sql = std::move(sql);
  constraint.name = std::move(name);
  return constraint;
}

} // namespace declorm
