// version_id.cpp: A version counter that cannot count, or of which there are several.

#include "runtime/model/columns.h"
#include "runtime/model/hierarchy.h"
#include "runtime/model/rule.h"
#include "runtime/model/type_names.h"
#include "runtime/model/version.h"

#include <algorithm>

namespace declorm::model {

namespace {

class Check {
public:
  Check(const Program &program, const MappedClass &mapped, Diagnostics &diagnostics)
      : program_(program), mapped_(mapped), lineage_(program, *mapped.class_),
        diagnostics_(diagnostics) {
    if (mapped.up())
      lineage_.mark_inherited(program, *mapped.parent->class_);
  }

  void run() {
    const std::vector<VersionMark> marks = version_marks(mapped_, lineage_);
    names();
    generators();
    if (marks.empty())
      return;
    const VersionMark &first = marks.front();
    if (const MappedClass *above = mapped_.up() ? versioned_class(*mapped_.up()) : nullptr)
      return report(first.annotation->location,
                    subject(first) + ", but the rows of class '" + above->class_->name +
                        "', which its rows continue, have one already, '" +
                        above->version->column.column().member->name +
                        "'; leave one of the two out",
                    {{"that one is marked here", above->version->location}});
    for (const VersionMark &mark : marks)
      if (mark.column != first.column)
        report(mark.annotation->location,
               subject(mark) + ", and member '" + member_path(*first.place) +
                   "' does already; a row has one version: leave one of the two out",
               {{"that one is marked here", first.annotation->location}});
    column(first);
    makers(first);
  }

private:
  void report(const Location &location, std::string message, std::vector<Note> notes = {}) {
    diagnostics_.push_back(
        {"version-id", Severity::error, std::move(message), location, std::move(notes)});
  }

  std::string subject(const VersionMark &mark) const {
    return "member '" + member_path(*mark.place) + "' counts the versions of class '" +
           mapped_.class_->name + "'";
  }

  /// A class head that names something else than a column which the class declares. A name that is
  /// nothing at all is reported where names are resolved.
  void names() {
    for (const Ancestor &ancestor : lineage_.ancestors)
      if (const Annotation *named =
              ancestor.inherited ? nullptr : find(ancestor.class_->annotations, "version_id"))
        name(*named);
  }

  void name(const Annotation &named) {
    const std::string text = "version_id(\"" + std::string(named.string()) + "\") of class '" +
                             mapped_.class_->name + "' names ";
    if (mapped_.up()) {
      const ColumnDecl *inherited = nullptr;
      for_each_attribute(*mapped_.up(), [&](const ColumnDecl &place, const ColumnRef &) {
        if (place.outer.empty() &&
            (place.member->name == named.string() || place.name == named.string()))
          inherited = &place;
      });
      if (inherited)
        return report(
            named.location,
            text + "a column of class '" + mapped_.root->class_->name +
                "', whose rows its rows continue; put it there, and it counts for all "
                "classes of the hierarchy",
            {{"member '" + inherited->member->name + "' is here", inherited->location()}});
    }
    for (const Ancestor &ancestor : lineage_.ancestors)
      for (const Member &member : ancestor.class_->members)
        if (member.name == named.string() && !find(member.annotations, "column"))
          return report(named.location,
                        text + "a member that is no column of table '" + mapped_.table.full_name() +
                            "'",
                        {{"member '" + member.name +
                              "' is here; a version is the value of a "
                              "column",
                          member.location}});
  }

  void generators() {
    const Class *holder = nullptr;
    const Annotation *first = nullptr;
    for (const VersionGenerator &generator : version_generators(lineage_)) {
      const Annotation &annotation = *generator.annotation;
      const std::string text = "version_id_generator of class '" + generator.class_->name + "' ";
      if (annotation.arguments.empty())
        continue; // it was not understood
      const bool is_function = std::get_if<Function>(&annotation.arguments.front().data);
      if (!is_function && is_true(annotation)) {
        report(annotation.location, text + "says nothing: versions are counted unless a function "
                                           "or, with false, the database makes them; leave it out");
      } else if (holder == generator.class_) {
        report(annotation.location, text + "is there twice; the next version is made in one way",
               {{"the other one is here", first->location}});
      } else if (!holder) {
        holder = generator.class_;
        first = &annotation;
        needs_version(annotation, *generator.class_, text, is_function);
      }
    }
  }

  /// A function gets the member from an object of the class that it belongs to.
  void needs_version(const Annotation &annotation, const Class &class_, const std::string &text,
                     bool is_function) {
    if (mapped_.version) {
      const Class &declaring = *mapped_.version->column.column().declared_in;
      if (is_function && !Lineage(program_, class_).find(declaring))
        report(annotation.location,
               text + "is a function for member '" + mapped_.version->column.column().member->name +
                   "' of class '" + declaring.name + "', which is no base of it; put it there",
               {{"class '" + declaring.name + "' is here", declaring.location}});
      return;
    }
    const MappedClass *above = mapped_.up() ? versioned_class(*mapped_.up()) : nullptr;
    if (above)
      report(annotation.location,
             text + "is for a version that class '" + above->class_->name +
                 "' declares; put it there, and it holds for all classes below",
             {{"the version is marked here", above->version->location}});
    else if (mapped_.complete)
      report(annotation.location,
             text + "has no effect: class '" + mapped_.class_->name +
                 "' has no version_id; mark the column that counts versions with "
                 "[[declorm::version_id]], or leave it out");
  }

  void column(const VersionMark &mark) {
    const ColumnDecl &column = *mark.place;
    const VersionDecl &version = *mapped_.version;
    const Type &type = column.member->type;
    const Location &location = mark.annotation->location;
    const bool is_whole = type.code >= TypeCode::int8 && type.code <= TypeCode::uint64 &&
                          !type.enumeration() && type.container == Container::none;
    if (column.primary_key || mark.column.column().primary_key)
      report(location, subject(mark) + " and is part of the primary key, which never changes; "
                                       "give the version a column of its own");
    else if (mapped_.inheritance == Inheritance::single)
      report(location, subject(mark) + ", but its column is in table '" +
                           mapped_.table_class->table.full_name() + "' of class '" +
                           mapped_.table_class->class_->name +
                           "', whose other rows would have no version; declare it there");
    else if (type.optional() || mark.column.column().nullable)
      report(location, subject(mark) + " and may be NULL, which is no version that a row can be "
                                       "found by; make it a plain, NOT NULL one");
    else if (!column.rare().computed.empty())
      report(location, subject(mark) + " and is computed from other columns, so that it does not "
                                       "count what is written to the others; leave one of the two "
                                       "out");
    else if (version.generator.name.empty() && !version.by_server && !is_whole)
      report(location, subject(mark) + " and is of type '" + type.spelling +
                           "', which cannot be counted; say what makes the next one with "
                           "version_id_generator, a function, or false if the database does");
  }

  /// What would make the column's value besides.
  void makers(const VersionMark &mark) {
    const bool by_server = mapped_.version->by_server;
    for (const char *name : {"default_value", "onupdate", "default_sql", "onupdate_sql", "unset"}) {
      const Annotation *other = find(mark.place->member->annotations, name);
      const bool of_server = other && other->name != "default_value" && other->name != "onupdate";
      if (!other || (by_server && of_server))
        continue;
      report(other->location,
             "'" + other->name + "' of member '" + member_path(*mark.place) + "' of class '" +
                 mapped_.class_->name + "' has no effect: " +
                 (by_server ? "version_id_generator(false) says that the database makes its "
                              "versions; leave one of the two out"
                            : "each INSERT and UPDATE gives it the next version; leave it out, or "
                              "say what makes the next one with version_id_generator"),
             {{"it is marked as the version here", mark.annotation->location}});
    }
  }

  const Program &program_;
  const MappedClass &mapped_;
  Lineage lineage_;
  Diagnostics &diagnostics_;
};

/// Whether the class or a base of it says anything of versions.
bool is_concerned(const Lineage &lineage) {
  const auto says = [](const Annotations &annotations) {
    return std::any_of(annotations.begin(), annotations.end(), [](const Annotation &annotation) {
      return annotation.name == "version_id" || annotation.name == "version_id_generator";
    });
  };
  return std::any_of(lineage.ancestors.begin(), lineage.ancestors.end(),
                     [&](const Ancestor &ancestor) {
                       const std::vector<Member> &members = ancestor.class_->members;
                       return says(ancestor.class_->annotations) ||
                              std::any_of(members.begin(), members.end(),
                                          [&](const Member &one) { return says(one.annotations); });
                     });
}

} // namespace

void rule::version_id(const Program &program, const Mapping &mapping, Diagnostics &diagnostics) {
  Lineage lineage;
  for (const MappedClass &mapped : mapping.classes) {
    lineage.assign(program, *mapped.class_);
    if (is_concerned(lineage))
      Check(program, mapped, diagnostics).run();
  }
}

} // namespace declorm::model
