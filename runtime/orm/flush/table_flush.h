// table_flush.h: the writing of one table in a flush.
#ifndef DECLORM_ORM_FLUSH_TABLE_FLUSH_H
#define DECLORM_ORM_FLUSH_TABLE_FLUSH_H

#include "runtime/orm/session/session_state.h"

namespace declorm::detail {

/// A mapped class with objects here, and which of its tables is the one that is written.
struct TableUser {
  MapperState *mapper;
  unsigned part;
  bool is_last;
  std::unique_ptr<RowWriter> writer; ///< made when it is first needed

  RowWriter &rows(SessionState &session) {
    if (!writer)
      writer = std::make_unique<RowWriter>(session.connection(), *mapper, part);
    return *writer;
  }
};

/// The writing of one table: of the rows of one class, or of several that share it.
class TableFlush {
public:
  TableFlush(const Table &table, const std::vector<MapperState *> &mappers) {
    for (MapperState *mapper : mappers)
      for (unsigned i = 0; i != mapper->parts.size(); ++i)
        if (mapper->parts[i].table == &table)
          users_.push_back({mapper, i, i + 1 == mapper->parts.size(), nullptr});
  }

  /// Calls `function(TableUser &)` for each class.
  template <class Function> void for_each(Function function) {
    for (TableUser &user : users_) {
      function(user);
      user.writer.reset(); // ends its batch
    }
  }
  /// The class's entry, or null if its rows do not stand in this table.
  TableUser *find(const MapperState *mapper) {
    if (last_ && last_->mapper == mapper)
      return last_;
    for (TableUser &user : users_)
      if (user.mapper == mapper)
        return last_ = &user;
    return nullptr;
  }
  void finish() {
    for (TableUser &user : users_)
      user.writer.reset();
  }

private:
  std::vector<TableUser> users_;
  TableUser *last_ = nullptr;
};

} // namespace declorm::detail

#endif // DECLORM_ORM_FLUSH_TABLE_FLUSH_H
