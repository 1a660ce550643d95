// load_plan.cpp: rows to objects of their real classes.
#include "runtime/orm/mapping/load_plan.h"

#include "runtime/engine/suggest.h"
#include "runtime/schema/union_table.h"
#include "runtime/sql/cursor.h"

#include <algorithm>

namespace declorm::detail {

namespace {

/// Finds where the fields of the classes below stand in the rows of one SELECT.
class PlanMaker {
public:
  PlanMaker(MapperState &base, std::span<MapperState *const> below, const ChosenDeferred &chosen,
            bool only_chosen = false)
      : base_(base), chosen_(chosen), only_chosen_(only_chosen) {
    plan_.base = &base;
    add_tables(base);
    for (const MapperState *mapper : below)
      add_tables(*mapper);
    std::vector<bool> left_out(base.load_fields.size());
    for (std::size_t i = 0; i != base.load_fields.size(); ++i) {
      left_out[i] = is_left_out(base, i);
      if (i < base.columns.size() && !left_out[i])
        columns_.emplace_back(base.columns[i], next_);
      places_.push_back(left_out[i] ? -1 : next_);
      next_ += !left_out[i];
    }
    if (std::find(left_out.begin(), left_out.end(), true) != left_out.end())
      plan_.left_out = std::move(left_out);
  }

  LoadPlan make_of_union(std::string_view type_column, std::span<MapperState *const> parts) {
    plan_.type_column = place_of(base_, base_.table->column(type_column));
    for (MapperState *mapper : parts) {
      add_target(*mapper);
      plan_.known.push_back(mapper);
    }
    return finish();
  }

  LoadPlan make_of_one() {
    add_target(base_);
    return finish();
  }

  LoadPlan make() {
    if (!base_.root->discriminator)
      return make_of_one();
    for_each_below(base_, [&](MapperState &mapper) {
      if (mapper.identity)
        add_target(mapper);
    });
    for_each_below(*base_.root, [&](const MapperState &mapper) {
      if (mapper.identity)
        plan_.known.push_back(&mapper);
    });
    return finish();
  }

private:
  LoadPlan finish() {
    plan_.row_size = next_;
    return std::move(plan_);
  }

  bool is_left_out(const MapperState &mapper, std::size_t load_field) const {
    if (mapper.deferred.empty()) [[likely]]
      return false;
    const std::uint32_t bit = mapper.deferred_bit(load_field);
    if (!only_chosen_)
      return (bit & ~chosen_.bits_of(mapper)) != 0;
    return (bit & chosen_.bits_of(mapper)) == 0 &&
           !(load_field < mapper.infos.size() && mapper.infos[load_field].is_key);
  }

  void add_tables(const MapperState &mapper) {
    for (const TablePart &part : mapper.parts)
      tables_.push_back(part.table);
  }

  bool is_whole(const MapperState &mapper) const {
    return is_union_ ||
           std::all_of(mapper.parts.begin(), mapper.parts.end(), [&](const TablePart &part) {
             return std::find(tables_.begin(), tables_.end(), part.table) != tables_.end();
           });
  }

  int column_of(const MapperState &mapper, unsigned position) {
    const ColumnInfo &info = mapper.infos[position];
    if (is_union_)
      return place_of(base_, *column_in_union(*base_.table, *info.column));
    for (const auto &[column, place] : columns_)
      if (std::find(info.also_in_tables.begin(), info.also_in_tables.end(), column) !=
          info.also_in_tables.end())
        return place;
    return place_of(mapper, *info.column);
  }

  int place_of(const MapperState &mapper, const Column &wanted) {
    for (const auto &[column, place] : columns_)
      if (column == &wanted)
        return place;
    plan_.extra.push_back({&mapper, &wanted, {}});
    columns_.emplace_back(&wanted, next_);
    return next_++;
  }

  /// Returns where the expression stands that is at `index` among those that are loaded.
  int expression_column(const MapperState &mapper, std::size_t index) {
    const std::string &name = mapper.loaded_expressions[index];
    const auto of = [&](const MapperState &state) -> const ExpressionInfo & {
      return *std::find_if(state.expressions.begin(), state.expressions.end(),
                           [&](const ExpressionInfo &info) { return info.member == name; });
    };
    const auto inherited =
        std::find(base_.loaded_expressions.begin(), base_.loaded_expressions.end(), name);
    if (inherited != base_.loaded_expressions.end() && of(base_).class_key == of(mapper).class_key)
      if (const int place = places_[base_.columns.size() +
                                    std::size_t(inherited - base_.loaded_expressions.begin())];
          place >= 0)
        return place;
    plan_.extra.push_back({&mapper, nullptr, name});
    return next_++;
  }

  void add_target(MapperState &mapper) {
    LoadTarget &target = plan_.targets.emplace_back();
    target.mapper = &mapper;
    target.identity = mapper.identity.value_or(Value());
    target.offset = mapper.offset_of(base_);
    target.is_whole = is_whole(mapper);
    const MapperState &row = is_union_ ? base_ : *mapper.root;
    for (const unsigned position : row.key_positions)
      target.key.emplace_back(row.columns[position], places_[position]);
    if (!target.is_whole)
      return;
    const auto add = [&](unsigned field, int column) {
      LoadRun *last = target.runs.empty() ? nullptr : &target.runs.back();
      if (last && last->column + int(last->count) == column && last->first + last->count == field)
        ++last->count;
      else
        target.runs.push_back({field, 1, column});
    };
    const std::size_t columns = mapper.columns.size();
    for (unsigned i = 0; i != mapper.load_fields.size(); ++i)
      if (!is_left_out(mapper, i))
        add(i, i < columns ? column_of(mapper, i) : expression_column(mapper, i - columns));
    if (!mapper.deferred.empty())
      target.left_out = mapper.deferred_bits & ~chosen_.bits_of(mapper);
  }

  MapperState &base_;
  const ChosenDeferred &chosen_;
  const bool only_chosen_; ///< nothing but the key is selected besides
  const bool is_union_ = base_.table->union_definition() != nullptr;
  LoadPlan plan_;
  std::vector<const Table *> tables_;
  std::vector<std::pair<const Column *, int>> columns_; ///< that are selected, and where
  std::vector<int> places_; ///< of the base's columns and expressions; -1: left out
  int next_ = 0;
};

std::string spell(const Value &value) {
  const auto *text = std::get_if<std::string>(&value.data());
  return text ? "'" + *text + "'" : value.to_string();
}

std::string key_text_of(const LoadPlan &plan, const QueryRun &run) {
  std::string text;
  std::vector<Value> key;
  plan.read_key(run, key);
  for (std::size_t i = 0; i != key.size(); ++i)
    text += (i ? ", " : "") + plan.base->columns[plan.base->key_positions[i]]->name() + " = " +
            key[i].to_string();
  return text;
}

[[noreturn]] void throw_unknown(const LoadPlan &plan, const QueryRun &run, const Value &value) {
  const MapperState &base = *plan.base;
  const std::string row = "the row of table '" + base.root->table->full_name() + "' with " +
                          key_text_of(plan, run) + " has " +
                          (plan.type_column ? base.table->union_definition()->type_column
                                            : base.root->columns[*base.discriminator]->name()) +
                          " = " + spell(value);
  for (const MapperState *other : plan.known)
    if (other->identity.value_or(Value()) == value)
      throw InvalidRequestError(row + ": it is of " + describe(*other) +
                                ", which is not below the class that was asked for, " +
                                describe(base));
  std::string known;
  std::vector<std::string> names;
  for (const MapperState *other : plan.known) {
    const Value identity = other->identity.value_or(Value());
    known += (known.empty() ? "" : ", ") + spell(identity) + " (" + other->qualified_name + ")";
    if (const auto *text = std::get_if<std::string>(&identity.data()))
      names.push_back(*text);
  }
  const auto *text = std::get_if<std::string>(&value.data());
  const std::string near = text ? model::nearest(*text, names) : std::string();
  throw InvalidRequestError(
      row + ", which stands for no class of the hierarchy of " + describe(*base.root) +
      (near.empty() ? "" : "; did you mean '" + near + "'?") + "; there are " + known);
}

} // namespace

LoadPlan make_load_plan(MapperState &base, std::span<MapperState *const> below,
                        const ChosenDeferred &chosen) {
  return PlanMaker(base, below, chosen).make();
}

LoadPlan make_deferred_plan(MapperState &mapper, const ChosenDeferred &chosen) {
  return PlanMaker(mapper, {}, chosen, true).make_of_one();
}

LoadPlan make_union_plan(MapperState &reader, std::string_view type_column,
                         std::span<MapperState *const> parts, const ChosenDeferred &chosen) {
  return PlanMaker(reader, {}, chosen).make_of_union(type_column, parts);
}

void LoadPlan::begin_at(int column) {
  first += column;
  if (type_column)
    *type_column += column;
  for (LoadTarget &target : targets) {
    for (LoadRun &run : target.runs)
      run.column += column;
    for (auto &[part, place] : target.key)
      place += column;
  }
}

void LoadPlan::read_key(const QueryRun &run, std::vector<Value> &key) const {
  key.clear();
  for (const unsigned position : base->key_positions)
    key.push_back(run.column(place_of(position)));
}

const LoadTarget &LoadPlan::target_of(const QueryRun &run) const {
  if (!type_column && !base->discriminator)
    return targets.front();
  const Value value = type_column ? run.column(*type_column)
                                  : run.column(place_of(*base->discriminator),
                                               base->all_fields[*base->discriminator]);
  for (const LoadTarget &target : targets)
    if (target.identity == value)
      return target;
  throw_unknown(*this, run, value);
}

void fetch_target(const QueryRun &run, const LoadTarget &target, void *object) {
  const MapperState &mapper = *target.mapper;
  try {
    for (const LoadRun &part : target.runs)
      run.fetch(std::span(mapper.load_fields).subspan(part.first, part.count), object, part.column);
    mapper.make_copies(object);
  } catch (const DataError &error) {
    throw_with_key(error, run, target.key);
  }
}

void check_identity(const MapperState &mapper, const void *object) {
  if (!mapper.discriminator)
    return;
  const Value value = value_of(mapper.all_fields[*mapper.discriminator], object);
  if (mapper.identity && value == *mapper.identity)
    return;
  throw InvalidRequestError("the object of " + describe(mapper) + " has '" +
                            mapper.infos[*mapper.discriminator].member + "' = " + spell(value) +
                            ", but rows of that class have " +
                            (mapper.identity ? spell(*mapper.identity) : "no identity") +
                            "; the discriminator is set by itself, leave it alone");
}

void identify(const MapperState &mapper, void *object) {
  if (!mapper.discriminator)
    return;
  if (!mapper.identity)
    throw InvalidRequestError(describe(mapper) +
                              " has no polymorphic_identity, so no row can be one of its objects; "
                              "give it one, or add objects of a class below it");
  const Field &field = mapper.all_fields[*mapper.discriminator];
  const Value value = value_of(field, object);
  if (value == mapper.default_discriminator() && value != *mapper.identity)
    assign(field, object, *mapper.identity);
  check_identity(mapper, object);
}

} // namespace declorm::detail
