// ModelText.cpp: The Model's JSON, for a section of the same object file.
//
// A variable for each record, named by what is in it: linkers keep one of those with equal names.
// Nothing refers to them and nothing reads them in the running program.

#include "plugin/emit/Emit.h"

#include "runtime/model/json.h"

using namespace clang;

namespace declorm::plugin {

std::string modelText(Sema &S, const model::TranslationUnit &Unit) {
  if (Unit.classes.empty())
    return {};
  // Who imports a module would bring the inline variables of its interface again.
  const Module *Current = S.Context.getCurrentNamedModule();
  const bool Interface = Current && Current->isInterfaceOrPartition();
  std::string Text;
  for (const model::Record &Record : model::to_records(Unit)) {
    Text += "[[gnu::used, gnu::retain, gnu::visibility(\"hidden\"), gnu::section(\"";
    Text += model::section_name;
    Text += Interface ? "\")]] extern const char declorm_model_"
                      : "\")]] inline constexpr char declorm_model_";
    // The delimiter is as good as unique: the record's own digest.
    Text += Record.id + "[] = R\"" + Record.id + "(" + Record.text + ")" + Record.id + "\";\n";
  }
  return Text;
}

} // namespace declorm::plugin
