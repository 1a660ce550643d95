// registered_model.cpp: constant registration tables to Model.
#include "runtime/orm/registered_model.h"

#include <cstdlib>

namespace declorm::detail {

namespace {

/// Reads the argument at `index` and moves it past it (lists are laid out flat).
model::Value to_value(const Argument *arguments, std::size_t &index) {
  const Argument &argument = arguments[index++];
  model::Value value;
  switch (argument.kind) {
  case ArgumentKind::null:
    break;
  case ArgumentKind::boolean:
    value.data = argument.integer != 0;
    break;
  case ArgumentKind::integer:
    value.data = std::int64_t(argument.integer);
    break;
  case ArgumentKind::real:
    value.data = std::strtod(argument.text, nullptr);
    break;
  case ArgumentKind::string:
    value.data = std::string(argument.text, std::size_t(argument.integer));
    break;
  case ArgumentKind::list: {
    std::vector<model::Value> list;
    for (long long i = 0; i != argument.integer; ++i)
      list.push_back(to_value(arguments, index));
    value.data = std::move(list);
    break;
  }
  case ArgumentKind::function:
    value.data = model::Function{argument.text ? argument.text : "", argument.function};
    break;
  case ArgumentKind::enumerator:
    value.data = model::EnumValue{argument.text, argument.integer};
    break;
  case ArgumentKind::keyword:
    value.data = model::Keyword{argument.text};
    break;
  }
  return value;
}

model::Annotations to_annotations(const Class &class_, unsigned first, unsigned count) {
  model::Annotations annotations(count);
  for (unsigned i = 0; i != count; ++i) {
    const Annotation &from = class_.annotations[first + i];
    model::Annotation &to = annotations[i];
    to.name = from.name;
    to.location = {class_.file, from.line, from.column};
    const std::size_t end = std::size_t(from.first_argument) + from.argument_count;
    for (std::size_t index = from.first_argument; index < end;)
      to.arguments.push_back(to_value(class_.arguments, index));
  }
  return annotations;
}

model::Type to_type(const Type &from) {
  model::Type type;
  type.code = from.code;
  type.container = from.container;
  type.flags = from.flags;
  type.rep = from.rep;
  type.size = from.size;
  type.num = from.num;
  type.den = from.den;
  type.spelling = from.spelling;
  type.target = from.target ? from.target : "";
  type.enumerators.reserve(from.enumerator_count);
  for (unsigned i = 0; i != from.enumerator_count; ++i)
    type.enumerators.push_back({from.enumerators[i].name, from.enumerators[i].value});
  return type;
}

} // namespace

model::Class to_model(const Class &class_) {
  model::Class result;
  result.key = class_.key;
  result.name = class_.name;
  result.flags = class_.flags;
  result.size = class_.size;
  result.alignment = class_.alignment;
  result.location = {class_.file, class_.line, class_.column};
  result.annotations = to_annotations(class_, 0, class_.class_annotation_count);
  result.bases.reserve(class_.base_count);
  for (unsigned i = 0; i != class_.base_count; ++i) {
    const Base &base = class_.bases[i];
    result.bases.push_back({base.key,
                            {},
                            base.offset,
                            base.offset == no_offset,
                            {class_.file, base.line, base.column}});
  }
  result.members.resize(class_.member_count);
  for (unsigned i = 0; i != class_.member_count; ++i) {
    const Member &from = class_.members[i];
    model::Member &to = result.members[i];
    to.name = from.name;
    to.kind = from.kind;
    to.flags = from.flags;
    to.offset = from.offset;
    to.type = to_type(from.type);
    to.location = {class_.file, from.line, from.column};
    to.annotations = to_annotations(class_, from.first_annotation, from.annotation_count);
  }
  return result;
}

} // namespace declorm::detail
