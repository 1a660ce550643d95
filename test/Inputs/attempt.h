// attempt.h: for tests of errors: what was thrown, as "IntegrityError: message".
#pragma once

#include "portable.h"
#include <declorm/error.h>
#include <iostream>

namespace test {

inline const char *class_of(const declorm::Error &error) {
#define DECLORM_CLASS(name)                                                                        \
  if (dynamic_cast<const declorm::name *>(&error))                                                 \
    return #name;
  DECLORM_CLASS(IntegrityError)
  DECLORM_CLASS(CommitUnknownError)
  DECLORM_CLASS(ConnectionLostError)
  DECLORM_CLASS(StatementTimeoutError)
  DECLORM_CLASS(QueryCancelledError)
  DECLORM_CLASS(TransactionRollbackError)
  DECLORM_CLASS(OperationalError)
  DECLORM_CLASS(ProgrammingError)
  DECLORM_CLASS(DataError)
  DECLORM_CLASS(InterfaceError)
  DECLORM_CLASS(ArgumentError)
  DECLORM_CLASS(UnmappedClassError)
  DECLORM_CLASS(NoResultFound)
  DECLORM_CLASS(MultipleResultsFound)
  DECLORM_CLASS(DetachedInstanceError)
  DECLORM_CLASS(PendingRollbackError)
  DECLORM_CLASS(StaleDataError)
  DECLORM_CLASS(FlushError)
  DECLORM_CLASS(InvalidRequestError)
  DECLORM_CLASS(NoSuchTableError)
  DECLORM_CLASS(NoReferencedTableError)
  DECLORM_CLASS(NoReferencedColumnError)
  DECLORM_CLASS(CircularDependencyError)
#undef DECLORM_CLASS
  return "Error";
}

/// Runs `function` and prints the error it must throw.
template <class Function> void attempt(Function function) {
  try {
    function();
    std::cout << "no error" << std::endl;
  } catch (const declorm::Error &error) {
    std::cout << class_of(error) << ": " << portable(error.what()) << std::endl;
  }
}

} // namespace test
