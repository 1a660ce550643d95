// type_rules.h: in which form one kind of database keeps values.
#ifndef DECLORM_ENGINE_TYPE_RULES_H
#define DECLORM_ENGINE_TYPE_RULES_H

#include "declorm/type.h"

#include <string>
#include <string_view>

namespace declorm {
class Column;
}

namespace declorm::detail {

/// What the values of a column are to the database, whatever their size.
enum class StoredForm : unsigned char {
  any,
  integer,
  boolean,
  real,
  text,
  bytes,
  date,
  time,
  date_time,
  interval,
  uuid,
  json,
};

/// The rules of a database that has a type for each kind of values. A dialect whose database has
/// fewer overrides them. Immutable; safe to use from several threads.
class TypeRules {
public:
  virtual ~TypeRules() = default;

  /// In which form the values of a type are kept; `any`: nobody knows.
  virtual StoredForm form_of(const Type &type) const;
  /// Whether values of that form are written as texts, so that a column of texts holds them too.
  virtual bool is_written_as_text(StoredForm) const { return false; }
  /// Returns the size in bytes of the largest integers that a column of `type`, which is one of
  /// integers, can hold: what its name promises, unless the database takes more.
  virtual unsigned integer_size(const Type &type) const {
    return type.kind == TypeKind::small_integer ? 2 : type.kind == TypeKind::integer ? 4 : 8;
  }
  /// Returns `sql`, an expression for the values of `column` that the database computes (its
  /// DEFAULT, a `default_sql`), so that these have the form of all others of its type.
  virtual std::string made_value_sql(const Column &, std::string_view sql) const {
    return std::string(sql);
  }
};

/// The rules of a database that keeps numbers and texts, and what it has no type for as one of
/// them: booleans and durations as integers, UUIDs, JSON and exact decimals as texts, dates and
/// times as texts in columns of a type of their own. They also say what fits where no database is
/// known yet: what fits in some.
class TextStorageRules : public TypeRules {
public:
  StoredForm form_of(const Type &type) const override;
  bool is_written_as_text(StoredForm form) const override {
    return form == StoredForm::date || form == StoredForm::time || form == StoredForm::date_time;
  }
};

/// Whether what is written as the one type is kept, and read back, by a column of the other:
/// integers of all sizes do, and so does text. Lengths and digits do not matter. A type nobody
/// knows (raw, null) fits all. The order of the two does not matter.
bool types_fit(const Type &first, const Type &second, const TypeRules &rules);

/// For types that fit: whether `found` has room for the length and the digits that `declared` asks
/// for, and is of its name if nobody knows either. No length is any length.
bool sizes_fit(const Type &declared, const Type &found);

} // namespace declorm::detail

#endif // DECLORM_ENGINE_TYPE_RULES_H
