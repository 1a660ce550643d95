// query.cpp: what queries for objects do beyond SELECT.
#include "runtime/orm/mapping/load_plan.h"
#include "runtime/orm/rows/row_writer.h"
#include "runtime/orm/session/lazy_members.h"
#include "runtime/sql/select_data.h"

#include "declorm/session.h"

namespace declorm {

LoadOption::LoadOption(std::vector<detail::LoadStep> path) : path_(std::move(path)) {}
LoadOption::LoadOption(const LoadOption &) = default;
LoadOption::LoadOption(LoadOption &&) noexcept = default;
LoadOption &LoadOption::operator=(const LoadOption &) = default;
LoadOption &LoadOption::operator=(LoadOption &&) noexcept = default;
LoadOption::~LoadOption() = default;

LoadOption LoadOption::with(detail::LoadStep step) const {
  LoadOption longer(*this);
  longer.path_.push_back(std::move(step));
  return longer;
}

LoadOption LoadOption::with(detail::Undeferred columns) const {
  LoadOption longer(*this);
  longer.undeferred_.push_back(std::move(columns));
  return longer;
}

} // namespace declorm

namespace declorm::detail {

QueryParts::QueryParts(SelectCore of, bool read_only)
    : select(std::move(of)), flags{.read_only = read_only} {}
QueryParts::QueryParts(const QueryParts &) = default;
QueryParts::QueryParts(QueryParts &&) noexcept = default;
QueryParts &QueryParts::operator=(const QueryParts &) = default;
QueryParts &QueryParts::operator=(QueryParts &&) noexcept = default;
QueryParts::~QueryParts() = default;

void QueryParts::add(const LoadOption &path) {
  const LoadStep *step = path.path().empty() ? nullptr : &path.path().front();
  if (step && is_of_every_member(*step) && step->member.declaring) {
    MapperState &mapper = find_configured_mapper(*step->member.declaring).state();
    bool has_lazies = false;
    for_each_below(mapper, [&](const MapperState &below) { has_lazies |= below.has_lazies; });
    if (!has_lazies)
      throw InvalidRequestError("raiseload<" + mapper.name +
                                ">() has no effect: " + describe(mapper) +
                                " has no member that a touch would load, a declorm::lazy or "
                                "declorm::lazy_list, and neither has a class below it");
  }
  paths.push_back(path);
}

std::shared_ptr<const std::vector<void *>> share(std::vector<void *> objects) {
  return std::make_shared<const std::vector<void *>>(std::move(objects));
}

void throw_ordered_page(const Mapper &mapper) {
  throw InvalidRequestError("page_after() orders by the primary key of " +
                            describe(mapper.state()) + " and limits by itself; the query must not");
}

SelectCore page_of(const Mapper &mapper, SelectCore select, std::span<const Value> key,
                   std::int64_t rows) {
  const MapperState &state = mapper.state();
  const SelectData &data = select.data();
  if (data.has_tail() || data.is_compound())
    throw_ordered_page(mapper);
  const std::vector<const Column *> columns = mapper.primary_key();
  if (!key.empty()) {
    check_key_size(state, key.size());
    // a > ? OR a = ? AND (b > ? OR …), from the last column on
    NodePtr behind;
    for (std::size_t i = columns.size(); i-- != 0;) {
      const NodePtr column = column_node(*columns[i]), value = literal_node(key[i]);
      NodePtr greater = binary_node(Operator::greater, column, value);
      if (behind)
        greater = binary_node(
            Operator::or_, greater,
            binary_node(Operator::and_, binary_node(Operator::equal, column, value), behind));
      behind = std::move(greater);
    }
    select.add_where(behind);
  }
  for (const Column *column : columns)
    select.add_order(Ordering(*column));
  select.set_limit(rows);
  return select;
}

std::vector<const TypeId *> classes_below(const Mapper &mapper) {
  std::vector<const TypeId *> types;
  for_each_below(mapper.state(), [&](const MapperState &below) {
    if (&below != &mapper.state())
      types.push_back(&below.type);
  });
  return types;
}

} // namespace declorm::detail
