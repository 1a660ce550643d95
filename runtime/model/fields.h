// fields.h: The fields of the Model's structs, each listed once.
//
// Whoever writes, reads or digests the whole Model walks these lists: the JSON (json_writer.cpp,
// json.cpp), the text of the registration (class_text.cpp) and the digest (digest.cpp). A field
// that is added to a struct of model.h is added here, and nowhere else.
//
// A visitor has these functions; `field` tells where the field stands, and the second argument is
// the field itself, const for those that only read the struct:
//
//     value(field, std::string or number or bool &)
//     offset(field, std::uint64_t &)           no_offset where there is none
//     choice(field, enum &, names)             one of an enumeration, by its names in JSON
//     flags(field, unsigned &, names)          bits, by their names in JSON
//     home(field, Location &)                  of the class: what lies in its file names no file
//     place(field, Location &)                 any other place
//     object(field, struct &)                  a struct with a list of its own
//     list(field, std::vector of structs &)
//     strings(field, std::vector<std::string> &)
//     arguments(field, std::vector<Value> &)
#ifndef DECLORM_MODEL_FIELDS_H
#define DECLORM_MODEL_FIELDS_H

#include "runtime/model/json_names.h"
#include "runtime/model/model.h"

#include <concepts>

namespace declorm::model {

/// The forms of the Model that a field stands in; bits.
enum FieldForms : unsigned char {
  in_json = 1,
  in_text = 2,   ///< what is not, stands in the tables of the registration, or is not needed there
  in_digest = 4, ///< what tells two definitions of a class apart
  in_every_form = in_json | in_text | in_digest,
};

/// Where a field stands.
struct FieldInfo {
  const char *name; ///< its key in JSON
  unsigned forms = in_every_form;
  bool always = false; ///< JSON has it also when its value is the default
  char mark = 0; ///< in text it stands before each element, or before a value that may be missing
};

template <class T, class Struct>
concept Is = std::same_as<std::remove_const_t<T>, Struct>;

template <class Visitor> void for_each_field(Visitor &visitor, Is<Enumerator> auto &enumerator) {
  visitor.value(FieldInfo{.name = "name", .always = true}, enumerator.name);
  visitor.value(FieldInfo{.name = "number", .always = true}, enumerator.value);
}

template <class Visitor> void for_each_field(Visitor &visitor, Is<Type> auto &type) {
  visitor.value(FieldInfo{.name = "spelling"}, type.spelling);
  visitor.choice(FieldInfo{.name = "code", .always = true}, type.code, json::type_codes);
  visitor.choice(FieldInfo{.name = "container"}, type.container, json::containers);
  visitor.flags(FieldInfo{.name = "flags"}, type.flags, json::type_flags);
  visitor.choice(FieldInfo{.name = "rep"}, type.rep, json::type_codes);
  visitor.value(FieldInfo{.name = "size"}, type.size);
  visitor.value(FieldInfo{.name = "num"}, type.num);
  visitor.value(FieldInfo{.name = "den"}, type.den);
  visitor.value(FieldInfo{.name = "target", .mark = '>'}, type.target);
  visitor.value(FieldInfo{.name = "target_name", .forms = in_json}, type.target_name);
  visitor.list(FieldInfo{.name = "enumerators", .mark = '='}, type.enumerators);
}

template <class Visitor> void for_each_field(Visitor &visitor, Is<Annotation> auto &annotation) {
  visitor.value(FieldInfo{.name = "name", .always = true}, annotation.name);
  visitor.place(FieldInfo{.name = "at", .forms = in_json | in_text}, annotation.location);
  visitor.arguments(FieldInfo{.name = "arguments"}, annotation.arguments);
}

template <class Visitor> void for_each_field(Visitor &visitor, Is<Member> auto &member) {
  visitor.value(FieldInfo{.name = "name", .always = true}, member.name);
  visitor.place(FieldInfo{.name = "at", .forms = in_json | in_text}, member.location);
  visitor.choice(FieldInfo{.name = "kind"}, member.kind, json::member_kinds);
  visitor.flags(FieldInfo{.name = "flags"}, member.flags, json::member_flags);
  visitor.offset(FieldInfo{.name = "offset", .forms = in_json | in_digest}, member.offset);
  visitor.object(FieldInfo{.name = "type", .always = true}, member.type);
  visitor.list(FieldInfo{.name = "annotations", .mark = '@'}, member.annotations);
}

template <class Visitor> void for_each_field(Visitor &visitor, Is<Base> auto &base) {
  visitor.value(FieldInfo{.name = "name", .forms = in_json, .always = true}, base.name);
  visitor.value(FieldInfo{.name = "key", .always = true}, base.key);
  visitor.place(FieldInfo{.name = "at", .forms = in_json | in_text}, base.location);
  visitor.offset(FieldInfo{.name = "offset"}, base.offset);
  visitor.value(FieldInfo{.name = "virtual"}, base.is_virtual);
  visitor.value(FieldInfo{.name = "plain", .forms = in_json}, base.plain);
}

template <class Visitor> void for_each_field(Visitor &visitor, Is<VirtualBase> auto &base) {
  visitor.value(FieldInfo{.name = "key", .always = true}, base.key);
  visitor.offset(FieldInfo{.name = "offset"}, base.offset);
}

template <class Visitor> void for_each_field(Visitor &visitor, Is<Class> auto &class_) {
  visitor.value(FieldInfo{.name = "name", .always = true}, class_.name);
  visitor.value(FieldInfo{.name = "key", .forms = in_json | in_digest, .always = true}, class_.key);
  visitor.home(FieldInfo{.name = "at", .forms = in_json | in_text}, class_.location);
  visitor.flags(FieldInfo{.name = "flags", .forms = in_json | in_digest}, class_.flags,
                json::class_flags);
  visitor.value(FieldInfo{.name = "size", .forms = in_json | in_digest, .always = true},
                class_.size);
  visitor.value(FieldInfo{.name = "alignment", .forms = in_json | in_digest, .always = true},
                class_.alignment);
  visitor.strings(FieldInfo{.name = "enclosing", .forms = in_json | in_text, .mark = '('},
                  class_.enclosing);
  visitor.list(FieldInfo{.name = "annotations", .mark = '@'}, class_.annotations);
  visitor.list(FieldInfo{.name = "bases", .forms = in_json | in_digest}, class_.bases);
  visitor.list(FieldInfo{.name = "virtual_bases", .mark = '%'}, class_.virtual_bases);
  visitor.list(FieldInfo{.name = "members", .mark = '.'}, class_.members);
}

} // namespace declorm::model

#endif // DECLORM_MODEL_FIELDS_H
