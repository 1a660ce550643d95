// waiting_classes.h: mapped classes whose tables are not there yet.
#ifndef DECLORM_ORM_MAPPING_WAITING_CLASSES_H
#define DECLORM_ORM_MAPPING_WAITING_CLASSES_H

#include "runtime/orm/mapping/class_tables.h"

namespace declorm::detail {

struct MapperState;

/// Why classes have no mapper yet: their tables are still to be reflected, or to be added to the
/// MetaData. Not locked: its owner is.
class WaitingClasses {
public:
  explicit WaitingClasses(ClassTables &tables) : tables_(tables) {}

  void clear();
  /// Whether the class has no table yet, or shares rows with one that has none. Notes why.
  bool waits(const model::MappedClass &mapped);
  /// Notes that a class waits until other classes come.
  void add(const model::MappedClass &mapped, std::string why);
  /// Notes that a class is unmapped from now on, because one that it derives from, or leads to,
  /// is; or that it is mapped again.
  void cut_off(const std::string &key, const MapperState &gone);
  void rejoin(const std::string &key) { cut_off_.erase(key); }
  /// Notes a relationship of the class that leads to one that waits; the first one that is noted
  /// is told. Whether there is one.
  bool leads_to_waiting(const model::MappedClass &mapped);

  /// Notes a relationship to a class that nothing maps yet; a call may still do so.
  void add_unresolved(const model::Diagnostic &finding) {
    if (unresolved_.empty())
      unresolved_ = model::to_string(finding);
  }

  /// Returns why the class of that key waits, to go behind its name; "" : it does not.
  std::string why(std::string_view key) const;
  /// Returns the relationship that leads to a class that waits, in words; "" : there is none.
  const std::string &relationship() const { return relationship_; }
  /// Returns what is wrong with the relationship that was noted first; "" : none was.
  const std::string &unresolved() const { return unresolved_; }
  /// Whether a Table that some table_from("name") waits for is in its MetaData by now.
  bool has_awaited_table() const;

private:
  struct Waiting {
    std::string why;
    std::string metadata, table; ///< that it waits for; "" : it waits for something else
  };

  ClassTables &tables_;
  std::map<std::string, Waiting, std::less<>> waiting_;     ///< by key of the class
  std::map<std::string, std::string, std::less<>> cut_off_; ///< why, by key; clear() keeps it
  std::string relationship_, unresolved_;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_MAPPING_WAITING_CLASSES_H
