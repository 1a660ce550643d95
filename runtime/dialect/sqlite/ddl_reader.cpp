// ddl_reader.cpp: SQLite's grammar of CREATE TABLE, as far as it names and constrains.
#include "runtime/dialect/sqlite/ddl_reader.h"

#include "runtime/engine/sql_tokens.h"

#include <algorithm>

namespace declorm::detail {
namespace {

/// The tokens of a statement, one after the other; at the end there is always one more.
class Tokens {
public:
  explicit Tokens(std::string_view sql) {
    do
      tokens_.push_back(take_token(sql));
    while (tokens_.back().kind != Token::Kind::end);
  }

  const Token &peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  bool at_end() const { return peek().kind == Token::Kind::end; }
  void skip() { at_ += at_end() ? 0 : 1; }
  bool is(std::string_view word, std::size_t ahead = 0) const {
    return peek(ahead).kind == Token::Kind::word && peek(ahead).text == word;
  }
  bool is_one_of(std::initializer_list<std::string_view> words) const {
    return std::ranges::any_of(words, [&](std::string_view word) { return is(word); });
  }
  bool is_symbol(char symbol) const {
    return peek().kind == Token::Kind::other && peek().text.front() == symbol;
  }
  bool accept(std::string_view word) {
    const bool found = is(word);
    if (found)
      skip();
    return found;
  }
  std::string take_name() {
    std::string name = is_symbol('(') || is_symbol(',') || is_symbol(')') ? "" : peek().name;
    if (!name.empty() || peek().kind == Token::Kind::quoted)
      skip();
    return name;
  }

  /// Places in the statement.
  struct Range {
    std::size_t begin = 0, end = 0;
  };
  /// What is in the parentheses that start here, split at its commas; goes behind them. Nothing if
  /// there are none.
  std::vector<Range> take_list() {
    std::vector<Range> parts;
    if (!is_symbol('('))
      return parts;
    skip();
    parts.push_back({at_, at_});
    for (int depth = 1; !at_end(); skip()) {
      depth += is_symbol('(') ? 1 : is_symbol(')') ? -1 : 0;
      parts.back().end = at_;
      if (depth == 0) {
        skip();
        return parts;
      }
      if (depth == 1 && is_symbol(','))
        parts.push_back({at_ + 1, at_ + 1});
    }
    parts.back().end = at_;
    return parts;
  }
  /// The same in one.
  Range take_group() {
    const std::vector<Range> parts = take_list();
    return parts.empty() ? Range{} : Range{parts.front().begin, parts.back().end};
  }
  Range rest() const { return {at_, tokens_.size() - 1}; }

  const Token &at(std::size_t place) const { return tokens_[place]; }
  std::string text(Range range) const {
    std::string text;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const bool is_apart =
          i > range.begin &&
          tokens_[i - 1].source.data() + tokens_[i - 1].source.size() != tokens_[i].source.data();
      text += is_apart ? " " : "";
      text += tokens_[i].source;
    }
    return text;
  }
  /// The names that a list's parts begin with: columns, with or without an order.
  std::vector<std::string> take_names() {
    std::vector<std::string> names;
    for (const Range &part : take_list())
      if (part.begin != part.end)
        names.push_back(at(part.begin).name);
    return names;
  }

private:
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

class TableReader {
public:
  explicit TableReader(std::string_view sql) : tokens_(sql) {}

  TableText read() {
    while (!tokens_.at_end() && !tokens_.is_symbol('('))
      tokens_.skip();
    tokens_.skip();
    while (!tokens_.at_end() && !tokens_.is_symbol(')')) {
      TableText::Column *column = nullptr;
      if (!tokens_.is_one_of({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"}))
        column = &read_column();
      while (!at_end_of_item())
        read_constraint(column);
      if (tokens_.is_symbol(','))
        tokens_.skip();
    }
    return std::move(table_);
  }

private:
  bool at_end_of_item() const {
    return tokens_.at_end() || tokens_.is_symbol(',') || tokens_.is_symbol(')');
  }

  /// The name and the type; the constraints are left.
  TableText::Column &read_column() {
    TableText::Column &column = table_.columns.emplace_back();
    column.name = tokens_.take_name();
    while (!at_end_of_item() && !starts_column_constraint())
      skip_one();
    return column;
  }
  bool starts_column_constraint() const {
    return tokens_.is_one_of({"CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT",
                              "COLLATE", "REFERENCES", "DEFERRABLE", "AS"}) ||
           (tokens_.is("GENERATED") && tokens_.is("ALWAYS", 1));
  }
  /// A token, or parentheses with what is in them.
  void skip_one() {
    if (tokens_.is_symbol('('))
      tokens_.take_list();
    else
      tokens_.skip();
  }

  /// One constraint, of a table if `column` is null, or one token that is part of none.
  void read_constraint(TableText::Column *column) {
    if (tokens_.accept("CONSTRAINT")) {
      name_ = tokens_.take_name();
      return;
    }
    if (tokens_.accept("PRIMARY"))
      read_primary_key(column);
    else if (tokens_.accept("UNIQUE"))
      read_unique(column);
    else if (tokens_.accept("CHECK"))
      read_check();
    else if (tokens_.accept("FOREIGN"))
      read_key_columns();
    else if (tokens_.accept("REFERENCES"))
      read_references(column);
    else if (tokens_.is("DEFERRABLE") || (tokens_.is("NOT") && tokens_.is("DEFERRABLE", 1)))
      read_deferrable();
    else if (column)
      read_of_column(*column);
    else
      skip_one();
  }

  void read_primary_key(TableText::Column *column) {
    tokens_.accept("KEY");
    TableText::Key &key = table_.primary_key;
    key.name = take_name();
    if (column) {
      key.columns = {column->name};
      key.order.push_back({.collation = "", .descending = tokens_.accept("DESC")});
      tokens_.accept("ASC");
    } else {
      read_parts(key);
    }
    key.on_conflict = take_conflict();
  }

  void read_unique(TableText::Column *column) {
    TableText::Key &key = table_.unique_constraints.emplace_back();
    key.name = take_name();
    if (column) {
      key.columns = {column->name};
      key.order.emplace_back();
    } else {
      read_parts(key);
    }
    key.on_conflict = take_conflict();
  }

  /// (a, b COLLATE nocase DESC AUTOINCREMENT)
  void read_parts(TableText::Key &key) {
    for (const Tokens::Range &part : tokens_.take_list()) {
      std::size_t first = part.begin;
      while (first + 1 < part.end && tokens_.at(first).source == "(") // ((a) DESC)
        ++first;
      if (first == part.end)
        continue;
      key.columns.push_back(tokens_.at(first).name);
      KeyOrder &order = key.order.emplace_back();
      for (std::size_t i = first + 1; i < part.end; ++i) {
        const Token &token = tokens_.at(i);
        if (token.kind != Token::Kind::word)
          continue;
        if (token.text == "COLLATE" && i + 1 < part.end)
          order.collation = tokens_.at(++i).name;
        else if (token.text == "DESC")
          order.descending = true;
        else if (token.text == "AUTOINCREMENT")
          table_.autoincrement = true;
      }
    }
  }

  /// ON CONFLICT IGNORE
  std::string take_conflict() {
    if (!tokens_.is("ON") || !tokens_.is("CONFLICT", 1))
      return {};
    tokens_.skip();
    tokens_.skip();
    std::string action = at_end_of_item() ? "" : tokens_.peek().text;
    if (!action.empty())
      tokens_.skip();
    return action == "ABORT" ? "" : action;
  }

  void read_check() {
    std::optional<std::string> name = take_name();
    table_.check_constraints.push_back({std::move(name), tokens_.text(tokens_.take_group())});
    take_conflict(); // SQLite reads it, and fails nevertheless
  }

  void read_of_column(TableText::Column &column) {
    take_name(); // means nothing here
    if (tokens_.accept("DEFAULT")) {
      if (tokens_.is_symbol('-') || tokens_.is_symbol('+'))
        tokens_.skip();
      skip_one();
    } else if (tokens_.accept("COLLATE")) {
      column.collation = tokens_.take_name();
    } else if (tokens_.accept("AS")) {
      column.computed = tokens_.text(tokens_.take_group());
    } else if (tokens_.accept("AUTOINCREMENT")) {
      table_.autoincrement = true;
    } else if (tokens_.is("NOT") && tokens_.is("NULL", 1)) {
      tokens_.skip();
      tokens_.skip();
      column.on_conflict = take_conflict();
    } else {
      skip_one();
    }
  }

  void read_key_columns() {
    tokens_.accept("KEY");
    key_columns_ = tokens_.take_names();
  }

  void read_references(TableText::Column *column) {
    ReflectedForeignKey &key = table_.foreign_keys.emplace_back();
    key.name = take_name();
    key.columns = column ? std::vector{column->name} : std::exchange(key_columns_, {});
    key.referred_table = tokens_.take_name();
    key.referred_columns = tokens_.take_names();
    while (true) {
      if (tokens_.accept("MATCH")) {
        tokens_.take_name();
      } else if (tokens_.accept("ON")) { // DELETE CASCADE, UPDATE SET NULL, DELETE NO ACTION
        tokens_.skip();
        if (tokens_.is_one_of({"SET", "NO"}))
          tokens_.skip();
        tokens_.skip();
      } else {
        return;
      }
    }
  }

  void read_deferrable() {
    const bool is_negated = tokens_.accept("NOT");
    tokens_.skip();
    if (!tokens_.accept("INITIALLY"))
      return;
    if (tokens_.accept("DEFERRED") && !is_negated && !table_.foreign_keys.empty())
      table_.foreign_keys.back().deferrable = true;
  }

  std::optional<std::string> take_name() { return std::exchange(name_, std::nullopt); }

  Tokens tokens_;
  TableText table_;
  std::optional<std::string> name_;      ///< of the constraint to come
  std::vector<std::string> key_columns_; ///< of the FOREIGN KEY whose REFERENCES comes
};

} // namespace

TableText read_create_table(std::string_view sql) { return TableReader(sql).read(); }

IndexText read_create_index(std::string_view sql) {
  Tokens tokens(sql);
  IndexText index;
  while (!tokens.at_end() && !tokens.accept("ON"))
    tokens.skip();
  while (!tokens.at_end() && !tokens.is_symbol('('))
    tokens.skip();
  for (const Tokens::Range &part : tokens.take_list()) {
    if (part.begin == part.end)
      continue;
    const bool ascends =
        tokens.at(part.end - 1).kind == Token::Kind::word && tokens.at(part.end - 1).text == "ASC";
    const std::size_t size = part.end - part.begin - (ascends ? 1 : 0);
    index.parts.push_back({tokens.text(part), size == 1});
  }
  if (tokens.accept("WHERE"))
    index.where = tokens.text(tokens.rest());
  return index;
}

} // namespace declorm::detail
