// mapper.h: mapped classes at run time: Registry, Mapper, metadata(), table_of, mapper_of,
// configure.
#ifndef DECLORM_MAPPER_H
#define DECLORM_MAPPER_H

#include "declorm/owned.h"
#include "declorm/registration.h"
#include "declorm/schema.h"

#include <typeinfo>

namespace declorm {

class Mapper;

namespace detail {

struct MapperState;
struct NameAt;
struct OptionAt;

/// The mapper of a registered class with a table; mappers are made first if that was not done.
/// Throws UnmappedClassError.
Mapper &find_mapper(const TypeId &type);
/// The mapper of a registered class with a table, after all mappers are configured. Throws
/// UnmappedClassError.
Mapper &find_configured_mapper(const TypeId &type);
/// The mapper of a registered class with a table or of a `row` struct. Throws UnmappedClassError.
Mapper &find_row_mapper(const TypeId &type);

void prepare_below(const TypeId &base, const Engine &engine);

/// False while the class is in no loaded module.
bool is_loaded(const Mapper &mapper) noexcept;

/// A class's mapper, found once. Mappers live as long as the program.
template <class T> Mapper &configured_mapper() {
  // Loaded and stored by the compiler's own functions: <atomic> would cost every user more than all
  // of this header.
  static Mapper *cached = nullptr;
  Mapper *mapper = __atomic_load_n(&cached, __ATOMIC_ACQUIRE);
  if (!mapper || !is_loaded(*mapper)) {
    mapper = &find_configured_mapper(type_id<T>);
    __atomic_store_n(&cached, mapper, __ATOMIC_RELEASE);
  }
  return *mapper;
}

/// The mapper of the object's real class, which is `base`'s or below it. Throws
/// InvalidRequestError if that class is not mapped.
Mapper &find_mapper_below(Mapper &base, const std::type_info &real);

/// The mapper of the object's real class, if T has virtual functions; else T's.
template <class T> Mapper &mapper_of_object(const T &object) {
  Mapper &mapper = configured_mapper<T>();
#ifdef __cpp_rtti
  if constexpr (std::is_polymorphic_v<T>)
    if (const std::type_info &real = typeid(object); real != typeid(T))
      return find_mapper_below(mapper, real);
#endif
  static_cast<void>(object);
  return mapper;
}

/// Where the object begins that `object` is, perhaps as a base, a part of.
template <class T> void *whole_object(T &object) {
  if constexpr (std::is_polymorphic_v<T>)
    return dynamic_cast<void *>(&object);
  else
    return &object;
}

} // namespace detail

/// A member of a class that is mapped to columns. SQLAlchemy's ColumnProperty.
class Attribute {
public:
  /// Makes an attribute of a member's name and its columns.
  Attribute(std::string name, std::vector<const Column *> columns);
  /// Returns the member's name.
  const std::string &name() const { return name_; }
  /// Returns the columns: that of the class's own table first.
  const std::vector<const Column *> &columns() const { return columns_; }

private:
  std::string name_;
  std::vector<const Column *> columns_;
};

/// A member of a class that refers to objects of a mapped class. SQLAlchemy's Relationship.
class RelationshipProperty {
public:
  /// Makes one of a member's name and the class that it leads to.
  RelationshipProperty(std::string name, const Mapper &target)
      : name_(std::move(name)), target_(&target) {}
  /// Returns the member's name.
  const std::string &name() const { return name_; }
  /// Returns the mapper of the class that it leads to.
  const Mapper &target() const { return *target_; }

private:
  std::string name_;
  const Mapper *target_;
};

/// How a class is mapped to its table. Made by configure; afterwards immutable and safe to share.
/// SQLAlchemy's Mapper.
class Mapper {
public:
  explicit Mapper(std::unique_ptr<detail::MapperState> state);
  ~Mapper();
  Mapper(const Mapper &) = delete;
  Mapper &operator=(const Mapper &) = delete;

  /// Returns the class's name without namespaces.
  const std::string &name() const;
  /// Returns the table that the class's rows stand in, which lives as long as its MetaData.
  const Table &table() const;
  /// Returns the mapper of the base whose attributes and rows it shares; null for the top of a
  /// hierarchy and for a concrete class.
  const Mapper *inherits() const;
  /// Returns what the discriminator's column holds in rows of this class; nullopt if there is no
  /// discriminator.
  std::optional<Value> polymorphic_identity() const;
  /// Returns the members with columns, in the order of the columns.
  std::vector<Attribute> attributes() const;
  /// Returns the relationships, those of the base first, each in the order of declaration.
  std::vector<RelationshipProperty> relationships() const;
  /// Returns the columns of the table's key, in key order.
  std::vector<const Column *> primary_key() const;

  // Defined in <declorm/imperative.h>.
  /// Adds a column to the class and its table, `add_column<&User::nick>("nick", String(20))`: the
  /// arguments are those of Column, of which the type may be left out, and options of a field. It
  /// reaches DDL, INSERT and loading as if the member were annotated, and stands behind the table's
  /// other columns. Throws InvalidRequestError after configure, and ArgumentError for a member that
  /// is mapped already. SQLAlchemy's Mapper.add_property.
  template <auto Member, class... Arguments>
  void add_column(detail::NameAt name, Arguments &&...arguments);
  /// Adds a relationship to the class,
  /// `add_relationship<&User::addresses>(back_populates("user"))`, with the options of
  /// `relationship`. Throws what add_column() does.
  template <auto Member> void add_relationship();
  template <auto Member, class... Options>
  void add_relationship(detail::OptionAt first, Options &&...options);

  detail::MapperState &state() const { return *state_; }
  /// Takes another state of the same class, before configure.
  void reset(std::unique_ptr<detail::MapperState> state);

private:
  detail::Owned<detail::MapperState> state_;
};

/// The MetaData that holds the tables of annotated classes: the default one, or that of
/// `[[declorm::metadata("name")]]`. Tables of all classes registered so far exist when it returns.
/// Throws ArgumentError, with the place in the source, if the annotations of the program contradict
/// each other. Safe from any thread.
MetaData &metadata(std::string_view name = "");

/// Makes the mappers of all registered classes. Called by the first Session or query; once, whoever
/// comes first. Throws the first error, and the same again on each later call. Safe from any
/// thread.
void configure();

/// Maps the classes of `[[declorm::deferred_reflection]]` that were not prepared yet to the tables
/// they name in the engine's database, which are read now, with those that they refer to: all of
/// them at once, by a number of statements that does not depend on how many there are. Members are
/// matched with columns by name; what they say of their columns overrides what the database does.
/// Classes that are registered later are taken by the next call.
///
/// Throws, and maps none: NoSuchTableError with the nearest name; ArgumentError for a member whose
/// column is missing or holds another type, for a table without a primary key, and for a column
/// without a member that no INSERT could leave out (`exclude_properties("column")` says that there
/// are none). Safe from any thread, as long as no other uses objects of a class above or below one
/// that is mapped now. SQLAlchemy's DeferredReflection.prepare.
void prepare(const Engine &engine);
/// Maps the classes of one group, `[[declorm::deferred_reflection("group")]]`, as prepare(engine)
/// does. Throws ArgumentError if no registered class is in it.
void prepare(std::string_view group, const Engine &engine);
/// Maps Base and the classes that derive from it, as prepare(engine) does.
template <class Base> void prepare(const Engine &engine) {
  detail::prepare_below(detail::type_id<Base>, engine);
}

/// The mapper of T; exists from the first metadata() on, and never configures.
/// Throws UnmappedClassError.
template <class T> Mapper &mapper_of() { return detail::find_mapper(detail::type_id<T>); }
/// The table of T. Throws UnmappedClassError.
template <class T> const Table &table_of() { return mapper_of<T>().table(); }
/// Whether T derives from a class with rows of its own that T's continue or share. SQLAlchemy's
/// has_inherited_table(). Throws UnmappedClassError.
template <class T> bool has_inherited_table() { return mapper_of<T>().inherits() != nullptr; }

} // namespace declorm

#endif // DECLORM_MAPPER_H
