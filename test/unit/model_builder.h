// model_builder.h: Makes small models for the unit tests of runtime/model.
#ifndef DECLORM_TEST_UNIT_MODEL_BUILDER_H
#define DECLORM_TEST_UNIT_MODEL_BUILDER_H

#include "runtime/model/mapping.h"

#include <limits>

namespace declorm::model::test {

inline Value list(std::vector<std::string> texts) {
  Value value;
  std::vector<Value> elements;
  for (std::string &text : texts)
    elements.push_back({std::move(text), {}});
  value.data = std::move(elements);
  return value;
}

inline Value text(std::string value) { return {std::move(value), {}}; }
inline Value number(std::int64_t value) { return {value, {}}; }
inline Value boolean(bool value) { return {value, {}}; }

inline Annotation note(std::string name, std::vector<Value> arguments = {}, unsigned line = 1) {
  return {std::move(name), std::move(arguments), {"model.h", line, 5}};
}

inline Type type(TypeCode code, std::string spelling) {
  Type type;
  type.code = code;
  type.spelling = std::move(spelling);
  type.size = 8;
  return type;
}

inline Type int64() { return type(TypeCode::int64, "std::int64_t"); }
inline Type string() { return type(TypeCode::text, "std::string"); }

inline Type optional(Type inner) {
  inner.flags |= detail::type_optional;
  inner.spelling = "std::optional<" + inner.spelling + ">";
  return inner;
}

/// Holds or points to the class of that key.
inline Type object(TypeCode code, std::string key) {
  Type made = type(code, key);
  made.target = key;
  return made;
}

/// A class under construction; its key is its name. Members lie 8 bytes apart, one a line.
struct ClassBuilder {
  Class class_;

  explicit ClassBuilder(std::string name, std::string file = "model.h", unsigned line = 1) {
    class_.key = class_.name = std::move(name);
    class_.location = {std::move(file), line, 1};
  }
  ClassBuilder &annotate(std::string name, std::vector<Value> arguments = {}) {
    class_.annotations.push_back(note(std::move(name), std::move(arguments), class_.location.line));
    class_.annotations.back().location.file = class_.location.file;
    return *this;
  }
  ClassBuilder &base(std::string key, std::uint64_t offset = 0, bool is_virtual = false) {
    class_.bases.push_back({key, key, offset, is_virtual, class_.location});
    return *this;
  }
  ClassBuilder &virtual_base(std::string key, std::uint64_t offset) {
    class_.virtual_bases.push_back({std::move(key), offset});
    return *this;
  }
  ClassBuilder &member(std::string name, Type type, Annotations annotations) {
    Member member;
    member.name = std::move(name);
    member.type = std::move(type);
    member.offset = 8 * class_.members.size();
    member.location = {class_.location.file,
                       class_.location.line + 1 + static_cast<unsigned>(class_.members.size()), 3};
    member.annotations = std::move(annotations);
    class_.members.push_back(std::move(member));
    return *this;
  }
  ClassBuilder &column(std::string name, Type type = int64(), Annotations options = {}) {
    options.insert(options.begin(), note("column"));
    return member(std::move(name), std::move(type), std::move(options));
  }
  ClassBuilder &key(std::string name = "id") {
    return column(std::move(name), int64(), {note("primary_key")});
  }
};

inline TranslationUnit unit(std::vector<ClassBuilder> classes, std::string file = "main.cpp") {
  TranslationUnit unit;
  unit.file = std::move(file);
  for (ClassBuilder &builder : classes)
    unit.classes.push_back(std::move(builder.class_));
  return unit;
}

inline Program program(std::vector<ClassBuilder> classes) {
  return merge({unit(std::move(classes))});
}

inline std::vector<std::string> column_names(const TableDecl &table) {
  std::vector<std::string> names;
  for (const ColumnDecl &column : table.columns)
    names.push_back(column.name);
  return names;
}

inline const ColumnDecl *column(const TableDecl &table, std::string_view name) {
  for (const ColumnDecl &column : table.columns)
    if (column.name == name)
      return &column;
  return nullptr;
}

/// A unit in which every field of every structure is set.
inline TranslationUnit everything() {
  ClassBuilder user("app::User", "dir with:colon/model.h", 3);
  user.annotate("table", {text("users")}).annotate("abstract").base("Mixin", 8, true).base("Other");
  user.class_.key = "c:@N@app@S@User";
  user.class_.flags = declorm::detail::class_internal | declorm::detail::class_aggregate;
  user.class_.size = 64;
  user.class_.alignment = 8;
  user.class_.enclosing = {"c:@S@Outer"};
  Type type = optional(object(TypeCode::sys_time, "T"));
  type.container = Container::unordered_map;
  type.rep = TypeCode::int64;
  type.num = 1;
  type.den = 1000;
  type.target_name = "ns::T";
  type.enumerators = {{"red", -1}, {"blue", std::numeric_limits<std::int64_t>::max()}};
  Value nested = list({"a", "b"});
  std::get<std::vector<Value>>(nested.data)[1].location = {"model.h", 4, 20};
  Value function{Function{"&::now"}, {"model.h", 5, 1}};
  user.member("when", type,
              {note("column", {text("w"),
                               number(INT64_MIN),
                               boolean(true),
                               {1e-9, {}},
                               {std::monostate(), {}},
                               nested,
                               function,
                               {EnumValue{"Color::red", -1}, {}},
                               {Keyword{"any"}, {}},
                               text("\xff\x00z"),
                               text("\u00e4\"\\\n"),
                               {-0.1, {"model.h", 1, 2}},
                               {std::numeric_limits<double>::infinity(), {}}})});
  user.class_.members[0].kind = MemberKind::static_method;
  user.class_.members[0].flags = declorm::detail::member_private | declorm::detail::member_const;
  user.class_.members[0].offset = declorm::detail::no_offset;
  user.virtual_base("c:@S@Far", 48);
  TranslationUnit made = unit({user, ClassBuilder("Empty")}, "src/main.cpp");
  made.incomplete = true;
  return made;
}

} // namespace declorm::model::test

#endif // DECLORM_TEST_UNIT_MODEL_BUILDER_H
