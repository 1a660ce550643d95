// relationship_reads.h: What the functions of a program read of the objects of their queries.
#ifndef DECLORM_MODEL_RELATIONSHIP_READS_H
#define DECLORM_MODEL_RELATIONSHIP_READS_H

#include "runtime/model/mapping.h"

namespace declorm::model {

/// What a function got an object from.
enum class ObjectSource : unsigned char {
  query,   ///< session.query<T>()
  get,     ///< session.get<T>(key)
  scalars, ///< session.scalars(select<T>())
  stream,  ///< session.query<const T>().yield_per(rows)
};

/// A function reads a relationship of an object that it got from the database, and nothing in the
/// function has loaded it. Whether the class loads it always, only the Mapping tells.
struct RelationshipRead {
  /// A member on the way from an object of the query's class to what is read.
  struct Step {
    std::string class_key; ///< of the object whose member it is
    std::string member;
    bool is_loaded = false; ///< by an option of the query
  };

  ObjectSource source = ObjectSource::query;
  std::vector<Step> path; ///< never empty; the last one is read
  /// The keys of the classes whose objects the session may hold: a pointer to one is filled without
  /// a SELECT.
  std::vector<std::string> held_classes;
  bool holds_any = false; ///< the session may hold objects of any class
  bool is_public = true;  ///< the member that is read can be named in an option
  Location location;      ///< of the member's name
  Location query;
};

/// Reports the plain members that show nothing of the database: the rule unloaded-relationship.
/// Says nothing of classes of which something may be unseen, nor where `after_load` may fill them.
void check_reads(const Mapping &mapping, const std::vector<RelationshipRead> &reads,
                 Diagnostics &diagnostics);

} // namespace declorm::model

#endif // DECLORM_MODEL_RELATIONSHIP_READS_H
