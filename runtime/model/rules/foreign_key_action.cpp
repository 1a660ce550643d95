// foreign_key_action.cpp: on_delete or on_update says what no foreign key can do.

#include "runtime/model/foreign_key_action.h"

#include "runtime/model/rule.h"

namespace declorm::model {

namespace {

class Check {
public:
  explicit Check(Diagnostics &diagnostics) : diagnostics_(diagnostics) {}

  void key(const std::string &of, const std::string &on_delete, const std::string &on_update,
           const Location &location) {
    action("on_delete", on_delete, of, location);
    action("on_update", on_update, of, location);
  }

private:
  void action(const char *name, const std::string &text, const std::string &of,
              const Location &location) {
    if (is_foreign_key_action(text))
      return;
    const std::string near = nearest(detail::ascii_upper(text), {std::begin(foreign_key_actions),
                                                                 std::end(foreign_key_actions)});
    diagnostics_.push_back({"foreign-key-action",
                            Severity::error,
                            std::string(name) + " of " + of + " is '" + text +
                                "', which no foreign key can do" +
                                (near.empty() ? std::string("; it is ") + foreign_key_actions_text
                                              : "; did you mean '" + near + "'?"),
                            location,
                            {}});
  }

  Diagnostics &diagnostics_;
};

/// The option's own place, where the member has one.
const Location &place_of(const ColumnDecl &column, const ForeignKeyDecl &key) {
  const char *wrong = is_foreign_key_action(key.on_delete) ? "on_update" : "on_delete";
  const Annotation *option =
      column.foreign_keys.size() == 1 ? find(column.member->annotations, wrong) : nullptr;
  return option ? option->location : key.location;
}

} // namespace

void rule::foreign_key_action(const Program &, const Mapping &mapping, Diagnostics &diagnostics) {
  Check check(diagnostics);
  for (const MappedClass &mapped : mapping.classes) {
    for (const ColumnDecl &column : mapped.table.columns)
      for (const ForeignKeyDecl &key : column.foreign_keys)
        check.key("foreign key '" + key.target + "' of member '" + column.member->name +
                      "' of class '" + column.declared_in->name + "'",
                  key.on_delete, key.on_update, place_of(column, key));
    for (const ConstraintDecl &constraint : mapped.table.constraints)
      if (constraint.kind == ConstraintKind::foreign_key)
        check.key("the foreign key constraint" +
                      (constraint.name.empty() ? "" : " '" + constraint.name + "'") +
                      " of class '" + mapped.class_->name + "'",
                  constraint.on_delete, constraint.on_update, constraint.location);
  }
}

} // namespace declorm::model
