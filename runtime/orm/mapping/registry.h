// registry.h: all registered classes of the process, and the mappers and MetaData made of them.
//
// Two steps, both repeated when classes came later: declare makes Tables and Mappers of what is
// registered; configure makes the mappers ready for use.
#ifndef DECLORM_ORM_MAPPING_REGISTRY_H
#define DECLORM_ORM_MAPPING_REGISTRY_H

#include "runtime/orm/mapping/overlay.h"
#include "runtime/orm/mapping/relationship.h"

#include <exception>
#include <map>
#include <set>
#include <unordered_map>

namespace declorm::detail {

/// Which deferred_reflection classes are prepared: all, if nothing is set.
struct DeferredChoice {
  std::optional<std::string> group;
  const TypeId *base = nullptr; ///< the class itself and those that derive from it
};

/// The one registry of the process. Never destroyed: modules unregister at any time before exit.
class RegistryState {
public:
  static RegistryState &instance();

  void add(const Module &module);
  void remove(const Module &module);

  /// Makes the tables and mappers of classes that came since the last time.
  void declare();
  void configure();
  MetaData &metadata(std::string_view name);
  /// The mapper, null for a registered class without a table; throws UnmappedClassError for others.
  Mapper *find(const TypeId &type);
  /// The same for `row` structs too.
  Mapper *find_with_rows(const TypeId &type);
  /// Why a registered class has no mapper, to go behind its name; "" : it maps no table.
  std::string why_unmapped(const TypeId &type);
  /// The foreign keys that relationships keep.
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
  /// A class as one module brings it.
  struct Copy {
    const Class *class_;
    const char *source; ///< the main file of the translation unit
  };
  /// Copies of one shape of a class; each module brings its own.
  struct Shape {
    std::string digest;
    std::vector<Copy> copies;
    std::vector<Thunk> gone; ///< the functions of the last copy, when there is none any more
  };
  struct Registered {
    std::vector<Shape> shapes; ///< more than one is a definition-mismatch
    Mapper *mapper = nullptr;
    Table *table = nullptr; ///< its own: declared, reflected, or given by the program
    bool is_reflected = false;
    std::string digest, place; ///< as it was declared: of which shape; "" before
  };

  /// Why a class has no mapper yet, to go behind its name.
  struct Waiting {
    std::string why;
    std::string metadata, table; ///< that it waits for; "" : it waits for something else
  };

  const Class *find_copy(const std::string &key) const;
  model::Program program() const;
  void note_declared(const model::Program &merged);
  void check_reloaded(const Registered &registered) const;
  void rebind_mappers(const Class &class_, const std::vector<Thunk> &gone);
  model::ReflectedTables reflected_tables() const;
  void make_mappers(const model::Mapping &mapping);
  void declare_own_table(const model::MappedClass &mapped);
  /// Whether the class has no table yet, or shares rows with one that has none: it is to be
  /// reflected, or to be added to the MetaData. Notes why.
  bool waits(const model::MappedClass &mapped);
  /// Whether a Table that some table_from("name") waits for is in its MetaData by now.
  bool has_awaited_table();
  std::string tell(const Waiting &waiting);
  MetaData &metadata_for(const std::string &name);
  Mapper &make_mapper(const model::MappedClass &mapped);
  Mapper &add_mapper(const model::MappedClass &mapped, Table &table, MapperState *parent);
  /// Makes the unions that classes are read from, anew if classes came since. The tables of all
  /// classes are there.
  void make_unions(const model::Mapping &mapping);
  void make_union(const model::MappedClass &mapped);
  Table &union_table(const model::MappedClass &mapped, std::vector<MapperState *> &parts);
  Table &given_table(const model::MappedClass &mapped);
  MapperState *state_of(const model::MappedClass &mapped);
  /// Finds what the names in strings stand for. Throws ArgumentError.
  void bind_expressions();
  void bind_expressions(MapperState &state);
  void bind(ExpressionSource &source);
  FoundName find_name(const ExpressionSource &source, const ExpressionName &name);
  /// Relationships of the mappers that were made last, as declared.
  void make_relationships(const model::Mapping &mapping);
  void make_relationship(const model::RelationshipDecl &decl, MapperState &owner);
  bool leads_to_waiting(const model::MappedClass &mapped);
  void forget_mappers(std::size_t count);
  /// Finds how they join. Throws NoForeignKeysError and AmbiguousForeignKeysError, and
  /// ArgumentError for what only tables that were made by hand show.
  void bind_relationships();
  void bind(RelationshipState &relationship);
  static void join_as_partner(RelationshipState &relationship);
  static void set_join(RelationshipState &relationship, const model::Join &join);
  const Table *secondary_of(const RelationshipState &relationship);
  static void bind_map_key(RelationshipState &relationship);
  void link(RelationshipState &relationship);

  std::recursive_mutex mutex_;
  std::map<std::string, Registered, std::less<>> classes_;
  std::unordered_multimap<std::string_view, const Class *> by_type_name_;
  std::unordered_map<const Class *, Mapper *> mappers_;
  std::vector<std::unique_ptr<Mapper>> owned_mappers_;
  std::vector<RelationshipState *> unbound_relationships_;
  std::vector<std::unique_ptr<KeyLink>> key_links_;
  std::vector<std::unique_ptr<RowLink>> row_links_;
  std::map<std::string, std::unique_ptr<MetaData>, std::less<>> metadata_;
  std::map<std::string, Waiting, std::less<>> waiting_; ///< by key of the class
  std::string waiting_relationship_; ///< one that leads to a waiting class, in words; "" : none
  GivenTables given_tables_;
  std::set<std::string> union_names_;                   ///< of unions that were made for classes
  std::vector<std::unique_ptr<MetaData>> row_metadata_; ///< columns of `row` structs: one each
  std::atomic<std::uint64_t> registered_{0}, configured_{~std::uint64_t(0)};
  std::uint64_t declared_ = ~std::uint64_t(0); ///< the count at the last declare, failed or not
  std::exception_ptr failure_;
  bool version_mismatch_ = false;
};

/// Fills a new MapperState from a mapped class. `table`: the one its own columns stand in;
/// `parent`: of the class it shares rows with, or null. `find_class` gives the registered class of
/// a key.
std::unique_ptr<MapperState>
make_mapper_state(const model::MappedClass &mapped, Table &table, MapperState *parent,
                  const std::function<const Class *(const std::string &)> &find_class);

/// Lets an expression of a class's reader name the columns of the union in place of the class's
/// own.
void read_from_union(ExpressionSource &source, const MapperState &reader);

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_REGISTRY_H
