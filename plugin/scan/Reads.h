// Reads.h: What functions read of the objects of their queries.
#ifndef DECLORM_PLUGIN_READS_H
#define DECLORM_PLUGIN_READS_H

#include "runtime/model/relationship_reads.h"

#include "clang/AST/ASTContext.h"

namespace declorm::plugin {

/// The relationships that functions of the program read of objects which they got from a Session,
/// and which nothing before has loaded or filled. Where that is not certain, a read is left out. A
/// unit that does not include Session costs nothing.
std::vector<model::RelationshipRead> findReads(clang::ASTContext &Context);

} // namespace declorm::plugin

#endif // DECLORM_PLUGIN_READS_H
