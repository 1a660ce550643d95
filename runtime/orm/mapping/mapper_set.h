// mapper_set.h: all mappers of the process.
#ifndef DECLORM_ORM_MAPPING_MAPPER_SET_H
#define DECLORM_ORM_MAPPING_MAPPER_SET_H

#include "runtime/orm/mapping/mapper_state.h"

#include <unordered_map>

namespace declorm::detail {

/// Owns the mappers. Once anybody outside the registry has seen one it lives as long as the
/// program. Not locked: its owner is.
class MapperSet {
public:
  /// Takes a mapper of a class in; `parent`: of the class that it shares rows with, or null.
  Mapper &add(std::unique_ptr<MapperState> state, MapperState *parent);
  /// Returns the mapper of the class of that key; null if there is none.
  Mapper *find(std::string_view key) const;
  /// Returns what find() finds, without the mapper around it.
  MapperState *state_of(const model::MappedClass &mapped) const;
  /// Returns all mappers in the order in which they were made.
  const std::vector<std::unique_ptr<Mapper>> &all() const { return mappers_; }
  void reserve(std::size_t count) { mappers_.reserve(count); }
  /// Forgets the states of all mappers, which are made again and come back with add(), so that
  /// each Mapper stays where it is. Before configure.
  void start_again();
  /// Takes the mapper of the class of that key out: find() has none then. Whoever still has it may
  /// read it as long as the program runs.
  void retire(std::string_view key);
  /// Returns the keys of the classes that derive from that one, or have a relationship to it.
  std::vector<std::string> dependents(const MapperState &state) const;

  /// Whether the state is that of a mapper behind the first `count`.
  bool is_behind(std::size_t count, const MapperState *state) const;
  /// Destroys the mappers behind the first `count`, which nobody outside has seen, and the
  /// relationships of others that lead to them.
  void forget_behind(std::size_t count);
  /// Whether a relationship that the class itself has leads to one of those.
  bool leads_behind(std::size_t count, const MapperState &owner) const;

  /// Lets a copy of a class take over from one whose module is gone, in every mapper that uses its
  /// functions: those of the classes below it do too.
  void rebind(const Class &class_, const std::vector<Thunk> &gone);

private:
  std::vector<std::unique_ptr<Mapper>> mappers_, retired_;
  std::map<std::string, std::unique_ptr<Mapper>, std::less<>> again_; ///< by key; to come back
  std::unordered_map<std::string_view, Mapper *> by_class_; ///< by the keys in their states
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_MAPPER_SET_H
