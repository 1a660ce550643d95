// expression.cpp: A libFuzzer target for the parser of annotation strings.
//
// The first byte chooses the grammar. What the parser gives back must hold together: ranges lie
// inside the string, children come before their parents, nothing is deeper than promised, and
// errors say something.

#include "runtime/model/expression/parser.h"

#include <cstdio>
#include <cstdlib>

using namespace declorm::model;

namespace {

void require(bool condition, const char *what) {
  if (condition)
    return;
  std::fprintf(stderr, "the parser broke its promise: %s\n", what);
  std::abort();
}

void check_range(TextRange range, std::size_t size) {
  require(range.begin <= range.end && range.end <= size, "a range lies outside the string");
}

void check_tree(const ExprTree &tree, std::size_t size) {
  require(!tree.roots.empty(), "a tree has no root");
  for (unsigned root : tree.roots)
    require(root < tree.nodes.size(), "a root is no node");
  for (unsigned i = 0; i != tree.nodes.size(); ++i) {
    const Expr &node = tree.nodes[i];
    check_range(node.range, size);
    require(node.depth <= max_expression_depth, "a tree is too deep");
    for (unsigned child : node.children)
      require(child < i && tree.nodes[child].depth < node.depth, "a child comes after its parent");
    require((node.kind == ExprKind::name) == !node.name.empty(), "a name has no parts");
    for (const NamePart &part : node.name)
      check_range(part.range, size);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size) {
  if (size == 0)
    return 0;
  const std::string_view source(reinterpret_cast<const char *>(data + 1), size - 1);
  const Parsed parsed = parse_expression(source, static_cast<Grammar>(data[0] % 4));
  if (const auto *error = std::get_if<ExprError>(&parsed)) {
    check_range(error->range, source.size());
    require(!error->message.empty(), "an error says nothing");
  } else {
    check_tree(std::get<ExprTree>(parsed), source.size());
  }
  return 0;
}
