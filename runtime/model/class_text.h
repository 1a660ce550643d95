// class_text.h: A class as the text of the registration.
//
// The plugin writes it into the object file, and the runtime reads it back; registration.h
// describes its form at detail::Class. What only the compiler knows (offsets, sizes, functions)
// stands in tables beside the text.
#ifndef DECLORM_MODEL_CLASS_TEXT_H
#define DECLORM_MODEL_CLASS_TEXT_H

#include "runtime/model/fields.h"

namespace declorm::model {

/// The text in lines, which belong one behind the other: the class's own, then one for each member.
std::vector<std::string> class_text(const Class &class_);

/// Sets the fields of `class_` that the text holds. The text is right: the plugin wrote it. The
/// functions have no thunks yet.
void read_class_text(const char *text, Class &class_);

namespace detail_text {
template <class Visit>
void visit_functions(Is<Value> auto &value, const Annotation &annotation, const Member *member,
                     Visit &visit) {
  if (auto *function = std::get_if<Function>(&value.data))
    visit(*function, annotation, member);
  else if (auto *list = std::get_if<std::vector<Value>>(&value.data))
    for (auto &element : *list)
      visit_functions(element, annotation, member, visit);
}
} // namespace detail_text

/// Calls `visit(function, annotation, member)` for each function given to an annotation, in the
/// order of the text, which is that of the table of thunks. `member` is null for the class's own.
template <class Visit> void for_each_function(Is<Class> auto &class_, Visit visit) {
  for (auto &annotation : class_.annotations)
    for (auto &argument : annotation.arguments)
      detail_text::visit_functions(argument, annotation, nullptr, visit);
  for (auto &member : class_.members)
    for (auto &annotation : member.annotations)
      for (auto &argument : annotation.arguments)
        detail_text::visit_functions(argument, annotation, &member, visit);
}

} // namespace declorm::model

#endif // DECLORM_MODEL_CLASS_TEXT_H
