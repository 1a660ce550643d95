// model_concrete.cpp: Tests of concrete classes: their columns, and the parts of unions.

#include "test/unit/mapped_model.h"

using namespace declorm::model;
using namespace declorm::model::test;
using Strings = std::vector<std::string>;

namespace {

ClassBuilder concrete(const std::string &name) {
  return ClassBuilder(name)
      .annotate("table")
      .annotate("concrete")
      .annotate("polymorphic_identity", {text(name)});
}

struct ModelConcrete : MappedModel {
  Strings parts(std::string_view key) const {
    Strings names;
    for (const MappedClass *part : get(key).concrete_union->parts)
      names.push_back(part->class_->name);
    return names;
  }
};

TEST_F(ModelConcrete, ClassHasColumnsOfAllBasesAndSharesNothing) {
  map({ClassBuilder("Employee").annotate("table").key().column("name", string()),
       concrete("Manager").base("Employee").column("data"),
       concrete("Chief").base("Manager", 8).column("name", string())});
  const MappedClass &manager = get("Manager"), &chief = get("Chief");
  EXPECT_EQ(manager.inheritance, Inheritance::concrete);
  EXPECT_EQ(manager.root, &manager);
  EXPECT_EQ(manager.up(), nullptr);
  EXPECT_EQ(manager.parent, &get("Employee"));
  EXPECT_EQ(column_names(manager.table), (Strings{"id", "name", "data"}));
  EXPECT_TRUE(column(manager.table, "id")->primary_key);
  EXPECT_FALSE(column(manager.table, "data")->nullable);
  EXPECT_TRUE(manager.attributes.empty());
  // What it declares again stands where it declares it.
  EXPECT_EQ(column_names(chief.table), (Strings{"id", "data", "name"}));
  ASSERT_EQ(chief.attributes.size(), 3u);
  EXPECT_TRUE(chief.attributes[0].redeclared.empty());
  ASSERT_EQ(chief.attributes[2].redeclared.size(), 1u);
  EXPECT_EQ(chief.attributes[2].place.offset, 0u);
  EXPECT_EQ(chief.attributes[2].redeclared[0].offset, 16u);
  EXPECT_EQ(get("Employee").table.columns.size(), 2u);
}

TEST_F(ModelConcrete, JoinedBelowConcreteSharesWithIt) {
  map({ClassBuilder("Employee").annotate("table").key(), concrete("Manager").base("Employee"),
       ClassBuilder("Chief").annotate("table").base("Manager").column("rank")});
  EXPECT_EQ(get("Chief").inheritance, Inheritance::joined);
  EXPECT_EQ(get("Chief").root, &get("Manager"));
  EXPECT_EQ(column_names(get("Chief").table), (Strings{"id", "rank"}));
}

TEST_F(ModelConcrete, PropertiesLeaveOutBaseMembers) {
  map({ClassBuilder("Employee").annotate("table").key().column("a").column("b").column("c"),
       concrete("Without").base("Employee").annotate("exclude_properties", {text("a"), text("c")}),
       concrete("With")
           .base("Employee")
           .annotate("include_properties", {list({"id", "b"})})
           .column("own")});
  EXPECT_EQ(column_names(get("Without").table), (Strings{"id", "b"}));
  EXPECT_EQ(column_names(get("With").table), (Strings{"id", "b", "own"}));
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(ModelConcrete, UnionHasTheClassAndAllConcreteClassesBelow) {
  map({ClassBuilder("Employee").annotate("table").annotate("concrete_base").key(),
       concrete("Manager").base("Employee"), concrete("Engineer").base("Employee"),
       concrete("Chief").base("Manager")});
  EXPECT_EQ(parts("Employee"), (Strings{"Employee", "Engineer", "Manager", "Chief"}));
  EXPECT_EQ(get("Employee").concrete_union->type_column, "type");
  EXPECT_TRUE(get("Employee").has_table());
  EXPECT_FALSE(get("Manager").concrete_union);
}

TEST_F(ModelConcrete, AbstractBaseHasNoTableAndImpliesConcrete) {
  map({ClassBuilder("Employee")
           .annotate("abstract_concrete_base")
           .annotate("concrete_discriminator", {text("kind")})
           .column("name", string()),
       ClassBuilder("Middle").annotate("abstract_concrete_base").base("Employee").key(),
       ClassBuilder("Manager")
           .annotate("table")
           .annotate("polymorphic_identity", {number(1)})
           .base("Middle")});
  const MappedClass &employee = get("Employee");
  EXPECT_FALSE(employee.has_table());
  EXPECT_EQ(employee.table.name, "pjoin");
  EXPECT_EQ(employee.concrete_union->kind, UnionKind::abstract_base);
  EXPECT_EQ(employee.concrete_union->type_column, "kind");
  EXPECT_EQ(parts("Employee"), Strings{"Manager"});
  EXPECT_EQ(parts("Middle"), Strings{"Manager"});
  EXPECT_EQ(get("Middle").concrete_union->type_column, "kind");
  EXPECT_EQ(get("Manager").inheritance, Inheritance::concrete);
  EXPECT_EQ(column_names(get("Manager").table), (Strings{"name", "id"}));
}

TEST_F(ModelConcrete, TableFromAFunctionIsReadFromIt) {
  map({ClassBuilder("Employee")
           .annotate("table_from", {{Function{"&::make", nullptr}, {}}})
           .annotate("polymorphic_on", {text("kind")})
           .key(),
       concrete("Manager").base("Employee")});
  const MappedClass &employee = get("Employee");
  EXPECT_FALSE(employee.has_table());
  EXPECT_EQ(employee.concrete_union->kind, UnionKind::made);
  EXPECT_EQ(employee.concrete_union->table_from.name, "&::make");
  EXPECT_EQ(employee.concrete_union->type_column, "kind");
  EXPECT_EQ(parts("Employee"), Strings{"Manager"});
  EXPECT_TRUE(diagnostics.empty());
}

// Nothing of the hierarchy's discriminator holds for a class with rows of its own.
TEST_F(ModelConcrete, DiscriminatorIsNotInherited) {
  map({ClassBuilder("Employee")
           .annotate("table")
           .annotate("polymorphic_on", {text("kind")})
           .key()
           .column("kind", string()),
       concrete("Manager").base("Employee")});
  EXPECT_TRUE(get("Employee").discriminator);
  EXPECT_FALSE(get("Manager").discriminator);
}

} // namespace
