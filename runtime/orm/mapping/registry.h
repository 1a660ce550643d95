// registry.h: the registry of the process, and the entry to the room `mapping`.
//
// This room makes mappers of classes. It owns what modules register (RegisteredClasses), each
// MetaData with the Tables of classes (ClassTables), which classes still wait for a table
// (WaitingClasses), the mappers (MapperSet, MapperState) and the keys and rows that relationships
// keep (RelationshipBinder). MapperFactory, with MapperBuilder and RelationshipMaker, makes all
// that of the model's Mapping; ExpressionBinder and RelationshipBinder then find what names and
// joins stand for. The room calls runtime/model, schema, sql and reflection, and of the other rooms
// of runtime/orm only the statements of `rows` that a mapper keeps; these call it, and change
// nothing in it. What it has made is immutable but for what modules change that come and go.
#ifndef DECLORM_ORM_MAPPING_REGISTRY_H
#define DECLORM_ORM_MAPPING_REGISTRY_H

#include "runtime/orm/mapping/called_class.h"
#include "runtime/orm/mapping/mapper_factory.h"

#include <atomic>
#include <exception>
#include <mutex>

namespace declorm::detail {

/// Which deferred_reflection classes are prepared: all, if nothing is set.
struct DeferredChoice {
  std::optional<std::string> group;
  const TypeId *base = nullptr; ///< the class itself and those that derive from it
};

/// The one registry of the process: says when its parts work, under one lock. It works in two
/// steps, both repeated when classes came later: declare() makes Tables and Mappers of what is
/// registered; configure() makes the mappers ready for use. Never destroyed: modules unregister at
/// any time before exit. All functions may be called from any thread.
class RegistryState {
public:
  static RegistryState &instance();

  void add(const Module &module);
  void remove(const Module &module);

  /// Maps a class by a call, in the registry of that name. Throws ArgumentError.
  void map(const CalledClass &called, const std::string &registry);
  /// Maps a class that is marked `manual`, into a MetaData and the registry of that name. Throws
  /// UnmappedClassError and ArgumentError.
  void map(const TypeId &type, MetaData &metadata, const std::string &registry,
           const std::source_location &place);
  /// Adds a member to a mapped class; `place`: of the call, or null. Throws InvalidRequestError
  /// after configure, and ArgumentError.
  void add_member(Mapper &mapper, const CalledMember &member, const std::source_location *place);
  /// Returns a name for a registry that nothing else has.
  std::string new_registry_name();
  /// Unmaps the classes of the registry of that name, or those whose tables stand in the MetaData.
  void end_registry(const std::string &registry);
  void end_metadata(const MetaData &metadata);

  /// Makes the tables and mappers of classes that came since the last time.
  void declare();
  void configure();
  MetaData &metadata(std::string_view name);
  /// Returns the mapper; null for a registered class without a table. Throws UnmappedClassError for
  /// others.
  Mapper *find(const TypeId &type);
  /// Returns what find() does, and the mappers of `row` structs.
  Mapper *find_with_rows(const TypeId &type);
  /// Returns why a registered class has no mapper, to go behind its name; "" : it maps no table.
  std::string why_unmapped(const TypeId &type);
  /// Returns the foreign keys that relationships keep.
  std::vector<const KeyLink *> key_links();
  /// Maps the deferred_reflection classes that `choice` takes to their tables in the engine's
  /// database; those above them, whose rows they continue, too. All or, if it throws, none.
  void prepare(const Engine &engine, const DeferredChoice &choice);

  /// Whether nothing was registered since configure() last succeeded. Lock-free.
  bool is_configured() const {
    return configured_.load(std::memory_order_acquire) ==
           registered_.load(std::memory_order_acquire);
  }

private:
  /// Calls the functions of all classes with that annotation, each once.
  void call_for_classes(model::HookKind kind);
  /// Forgets the mappers behind the first `count`, which nobody outside has seen.
  void forget_mappers(std::size_t count);

  /// Throws ArgumentError for a class that is registered already, and for one that maps a member
  /// twice.
  void check_new(const CalledClass &called) const;
  /// Whether the table holds the rows of the class of that key, or of one above it.
  bool is_table_of(const std::string &key, const Table &table) const;

  std::recursive_mutex mutex_;
  RegisteredClasses classes_;
  /// Unmaps the classes for which `is_ended(const Called &)`, and those that depend on them.
  template <class IsEnded> void end(IsEnded is_ended);

  /// A class that a call maps, or a member that a call adds.
  struct Called {
    std::unique_ptr<CalledModule> module; ///< of a manual class null
    std::string registry, key;
    MetaData *metadata = nullptr;
  };
  std::vector<Called> called_, ended_;
  unsigned calls_ = 0; ///< how many things calls have named
  ClassTables tables_;
  WaitingClasses waiting_{tables_};
  MapperSet mappers_;
  ExpressionBinder expressions_{tables_, waiting_, mappers_};
  RelationshipBinder relationships_{tables_, expressions_};
  MapperFactory factory_{classes_, tables_, waiting_, mappers_, relationships_};

  // Counts: of registrations, at the last declare(), failed or not, and at the last configure().
  std::atomic<std::uint64_t> registered_{0}, configured_{~std::uint64_t(0)};
  std::uint64_t declared_ = ~std::uint64_t(0);
  std::exception_ptr failure_;               ///< of the last declare()
  std::exception_ptr configure_failure_;     ///< of a function that the last configure() called
  std::uint64_t failed_ = ~std::uint64_t(0); ///< the registrations at that configure()
  std::optional<model::HookKind> calling_;   ///< functions of classes, for configure()
  bool version_mismatch_ = false;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_REGISTRY_H
