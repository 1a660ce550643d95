// model_relationships.cpp: Tests of what relationship annotations mean.

#include "runtime/model/relationships.h"

#include "test/unit/mapped_model.h"

using namespace declorm::model;
using namespace declorm::model::test;
using Strings = std::vector<std::string>;

namespace {

Type pointer(const std::string &key) {
  Type made = object(TypeCode::pointer, key);
  made.spelling = key + " *";
  return made;
}
Type list_of(const std::string &key) {
  Type made = pointer(key);
  made.container = Container::vector;
  made.spelling = "std::vector<" + key + " *>";
  return made;
}

Annotations relationship(Annotations options = {}) {
  options.insert(options.begin(), note("relationship"));
  return options;
}
Annotations foreign_key(const std::string &target) { return {note("foreign_key", {text(target)})}; }

struct ModelRelationships : MappedModel {
  using MappedModel::get;
  const RelationshipDecl &get(std::string_view key, std::string_view member) const {
    const RelationshipDecl *found = find_relationship(get(key), member);
    if (!found)
      throw std::runtime_error("no relationship: " + std::string(member));
    return *found;
  }
  Strings names(std::string_view key) const {
    Strings names;
    for (const RelationshipDecl &decl : get(key).relationships)
      names.push_back(decl.name());
    return names;
  }
  Strings messages() const {
    Strings texts;
    for (const Diagnostic &diagnostic : diagnostics)
      texts.push_back(diagnostic.message);
    return texts;
  }
  /// "one-to-many users.id=addresses.user_id"
  std::string join(std::string_view key, std::string_view member) const {
    const RelationshipDecl &decl = get(key, member);
    if (!decl.join)
      return "unknown";
    const char *directions[] = {"many-to-one", "one-to-many", "many-to-many"};
    std::string text = directions[unsigned(decl.join->direction)];
    const auto name = [](const void *column) {
      return static_cast<const ColumnDecl *>(column)->name;
    };
    for (const JoinPair &pair : decl.join->pairs)
      text += " " + name(pair.near) + "=" + name(pair.far);
    for (const JoinPair &pair : decl.join->secondary)
      text += " | " + name(pair.near) + "=" + name(pair.far);
    return text + (decl.join->message.empty() ? "" : ": " + decl.join->message);
  }
};

ClassBuilder user(Annotations options = {}) {
  return ClassBuilder("User")
      .annotate("table", {text("users")})
      .key()
      .member("addresses", list_of("Address"), relationship(std::move(options)));
}
ClassBuilder address(Annotations user_annotations) {
  return ClassBuilder("Address", "model.h", 20)
      .annotate("table", {text("addresses")})
      .key()
      .column("user_id", int64(), foreign_key("users.id"))
      .member("user", pointer("User"), std::move(user_annotations));
}

TEST_F(ModelRelationships, OneSideNamesBoth) {
  map({user({note("back_populates", {text("user")})}), address(relationship())});
  const RelationshipDecl &addresses = get("User", "addresses"), &back = get("Address", "user");
  EXPECT_EQ(addresses.target, &get("Address"));
  EXPECT_EQ(addresses.target_name, "Address");
  EXPECT_EQ(addresses.owner, &get("User"));
  EXPECT_EQ(addresses.place.offset, 8u);
  EXPECT_TRUE(addresses.is_list());
  EXPECT_EQ(addresses.partner, &back);
  EXPECT_EQ(back.partner, &addresses);
  EXPECT_EQ(join("User", "addresses"), "one-to-many id=user_id");
  EXPECT_EQ(join("Address", "user"), "many-to-one user_id=id");
  EXPECT_EQ(messages(), Strings{});
}

TEST_F(ModelRelationships, BackrefMapsAMemberWithoutAnnotation) {
  map({user({note("backref", {text("user")}), note("viewonly")}), address({})});
  const RelationshipDecl &addresses = get("User", "addresses"), &back = get("Address", "user");
  EXPECT_EQ(names("Address"), Strings{"user"});
  EXPECT_EQ(back.annotation, nullptr);
  EXPECT_EQ(back.target, &get("User"));
  EXPECT_EQ(back.place.offset, 16u);
  EXPECT_EQ(back.partner, &addresses);
  EXPECT_EQ(addresses.partner, &back);
  EXPECT_TRUE(back.viewonly);
  EXPECT_EQ(join("Address", "user"), "many-to-one user_id=id");
}

TEST_F(ModelRelationships, BackrefFindsMembersOfBases) {
  map({user({note("backref", {text("user")})}),
       ClassBuilder("HasUser", "model.h", 40)
           .column("user_id", int64(), foreign_key("users.id"))
           .member("user", pointer("User"), {}),
       ClassBuilder("Address").annotate("table").base("HasUser", 16).key()});
  EXPECT_EQ(get("Address", "user").place.offset, 24u);
  EXPECT_EQ(get("Address", "user").place.holder, 16u);
}

TEST_F(ModelRelationships, OptionsAreRead) {
  map({user({note("cascade", {text("all, delete-orphan")}), note("lazy", {text("selectin")}),
             note("passive_deletes"), note("passive_updates", {boolean(false)}),
             note("post_update"), note("map_key", {text("email")}),
             note("order_by", {text("Address.id, desc(Address.user_id)")}),
             note("foreign_keys", {text("Address.user_id")}),
             note("remote_side", {list({"Address.user_id"})}),
             note("primaryjoin", {text("User.id == Address.user_id")})}),
       address(relationship({note("lazy", {text("joined")}), note("cascade", {text("none")}),
                             note("passive_deletes", {text("all")})}))});
  const RelationshipDecl &decl = get("User", "addresses"), &back = get("Address", "user");
  EXPECT_EQ(decl.cascade, cascade_all | cascade_delete_orphan);
  EXPECT_EQ(decl.loading, Loading::selectin);
  EXPECT_TRUE(decl.passive_deletes);
  EXPECT_FALSE(decl.passive_deletes_all);
  EXPECT_FALSE(decl.passive_updates);
  EXPECT_TRUE(decl.post_update);
  EXPECT_EQ(decl.map_key, "email");
  ASSERT_EQ(decl.order_by.size(), 1u);
  EXPECT_EQ(decl.order_by.front()->tree.roots.size(), 2u);
  EXPECT_EQ(decl.foreign_keys.size(), 1u);
  EXPECT_EQ(decl.remote_side.size(), 1u);
  EXPECT_NE(decl.primaryjoin, nullptr);
  EXPECT_EQ(back.cascade, 0);
  EXPECT_EQ(back.loading, Loading::joined);
  EXPECT_TRUE(back.passive_deletes_all);
  EXPECT_EQ(join("User", "addresses"), "one-to-many id=user_id");
  EXPECT_EQ(messages(), Strings{});
}

TEST_F(ModelRelationships, WithoutOptionsDefaultsHold) {
  map({user(), address({})});
  const RelationshipDecl &decl = get("User", "addresses");
  EXPECT_EQ(decl.cascade, cascade_save_update | cascade_merge);
  EXPECT_EQ(decl.loading, Loading::when_asked);
  EXPECT_FALSE(decl.passive_deletes);
  EXPECT_TRUE(decl.passive_updates);
  EXPECT_EQ(decl.partner, nullptr);
  EXPECT_EQ(names("Address"), Strings{});
}

TEST_F(ModelRelationships, UnknownWordsAreRefused) {
  map({user({note("cascade", {text("all, delete-orphans, x")}), note("lazy", {text("select")}),
             note("passive_deletes", {text("yes")})}),
       address({})});
  EXPECT_EQ(messages(),
            (Strings{"'cascade' of relationship 'addresses' of class 'User': 'delete-orphans' is "
                     "no cascade; did you mean 'delete-orphan'?",
                     "'cascade' of relationship 'addresses' of class 'User': 'x' is no cascade; "
                     "there are 'all', 'delete', 'delete-orphan', 'expunge', 'merge', 'none', "
                     "'refresh-expire', 'save-update'",
                     "'lazy' of relationship 'addresses' of class 'User': 'select' is no way to "
                     "load; did you mean 'selectin'?",
                     "'passive_deletes' of relationship 'addresses' of class 'User': it is true, "
                     "false or \"all\", not 'yes'"}));
}

TEST_F(ModelRelationships, MixinsAreCopiedAndOwnWin) {
  map({ClassBuilder("Target").annotate("table", {text("targets")}).key(),
       ClassBuilder("HasTarget")
           .column("target_id", int64(), foreign_key("targets.id"))
           .member("target", pointer("Target"),
                   relationship({note("primaryjoin", {text("Target.id == {class}.target_id")})})),
       ClassBuilder("First").annotate("table").base("HasTarget", 8).key(),
       ClassBuilder("Second")
           .annotate("table")
           .base("HasTarget", 16)
           .key()
           .member("target", pointer("Target"), relationship({note("viewonly")}))});
  EXPECT_EQ(messages(), Strings{});
  EXPECT_EQ(get("First", "target").place.offset, 16u);
  EXPECT_EQ(get("First", "target").place.declared_in->name, "HasTarget");
  EXPECT_EQ(join("First", "target"), "many-to-one target_id=id");
  EXPECT_TRUE(get("Second", "target").viewonly);
  EXPECT_EQ(get("Second").relationships.size(), 1u);
  EXPECT_EQ(get("Second", "target").place.offset, 8u);
}

TEST_F(ModelRelationships, SubclassesInheritAndConcreteOnesCopy) {
  const auto employee = [] {
    return ClassBuilder("Employee")
        .annotate("table")
        .annotate("polymorphic_on", {text("kind")})
        .key()
        .column("kind", string())
        .column("company_id", int64(), foreign_key("company.id"))
        .member("company", pointer("Company"), relationship());
  };
  map({ClassBuilder("Company").annotate("table").key().member(
           "employees", list_of("Employee"),
           relationship({note("back_populates", {text("company")})})),
       employee(), ClassBuilder("Manager").annotate("table").base("Employee"),
       ClassBuilder("Clerk").annotate("mapped").base("Employee"),
       ClassBuilder("Guest").annotate("table").annotate("concrete").base("Employee", 16)});
  EXPECT_EQ(names("Employee"), Strings{"company"});
  EXPECT_EQ(names("Manager"), Strings{});
  EXPECT_EQ(names("Clerk"), Strings{});
  EXPECT_EQ(find_relationship(get("Clerk"), "company"), &get("Employee").relationships.front());
  ASSERT_EQ(names("Guest"), Strings{"company"});
  EXPECT_EQ(get("Guest", "company").place.offset, 40u);
  EXPECT_EQ(get("Employee", "company").partner, &get("Company", "employees"));
}

TEST_F(ModelRelationships, ForeignKeysOfJoinedRowsAreNoPathToTheClassItself) {
  map({ClassBuilder("Employee")
           .annotate("table", {text("employees")})
           .key()
           .column("boss_id", int64(), foreign_key("employees.id"))
           .member("boss", pointer("Employee"), relationship()),
       ClassBuilder("Manager")
           .annotate("table", {text("managers")})
           .base("Employee")
           .column("level")
           .member("peer", pointer("Manager"), relationship())});
  EXPECT_EQ(join("Employee", "boss"), "many-to-one boss_id=id");
  EXPECT_EQ(join("Manager", "peer"), "many-to-one boss_id=id");
  const RelationshipDecl &peer = get("Manager", "peer");
  ASSERT_TRUE(peer.join);
  EXPECT_EQ(peer.join->pairs.front().far, &get("Employee").table.columns[0]);
}

TEST_F(ModelRelationships, OneSidesConditionIsTheOthersToo) {
  map({ClassBuilder("User")
           .annotate("table", {text("users")})
           .key()
           .member(
               "posts", list_of("Post"),
               relationship({note("back_populates", {text("author")}),
                             note("primaryjoin", {text("User.id == foreign(Post.author_id)")})}))
           .member("friends", list_of("User"),
                   relationship({note("secondary", {text("friends")}),
                                 note("backref", {text("friend_of")}),
                                 note("primaryjoin", {text("User.id == friends.one")}),
                                 note("secondaryjoin", {text("User.id == friends.other")})}))
           .member("friend_of", list_of("User"), {}),
       ClassBuilder("Post")
           .annotate("table", {text("posts")})
           .key()
           .column("author_id")
           .member("author", pointer("User"), relationship()),
       ClassBuilder("Friendship")
           .annotate("table", {text("friends")})
           .column("one", int64(), {note("primary_key")})
           .column("other", int64(), {note("primary_key")})});
  EXPECT_EQ(messages(), Strings{});
  EXPECT_TRUE(get("Post", "author").joins_as_partner);
  EXPECT_EQ(join("Post", "author"), "many-to-one author_id=id");
  EXPECT_EQ(join("User", "friends"), "many-to-many id=one | id=other");
  EXPECT_EQ(join("User", "friend_of"), "many-to-many id=other | id=one");
  EXPECT_EQ(get("User", "friends").secondary_class, &get("Friendship"));
}

TEST_F(ModelRelationships, WhatIsNotDeclaredHereIsNotDecided) {
  map({ClassBuilder("User")
           .annotate("table")
           .key()
           .member("elsewhere", list_of("Unseen"), relationship())
           .member("made", list_of("User"),
                   relationship({note("secondary", {text("made_by_hand")})}))
           .member("called", list_of("User"),
                   relationship({note("primaryjoin", {{Function{"&::join"}, {}}}),
                                 note("order_by", {{Function{"&::order"}, {}}})}))
           .member("wrong", list_of("User"),
                   relationship({note("primaryjoin", {text("User.id == other.id")})}))});
  EXPECT_EQ(join("User", "elsewhere"), "unknown");
  EXPECT_EQ(get("User", "elsewhere").target, nullptr);
  ASSERT_EQ(get("User", "elsewhere").unresolved.size(), 1u);
  EXPECT_EQ(get("User", "elsewhere").unresolved.front().message,
            "relationship 'elsewhere' of class 'User' has type 'std::vector<Unseen *>', and "
            "nothing maps that class");
  EXPECT_EQ(join("User", "made"), "unknown");
  EXPECT_EQ(get("User", "made").secondary, "made_by_hand");
  EXPECT_EQ(get("User", "called").primaryjoin_function.name, "&::join");
  EXPECT_EQ(get("User", "called").order_by_function.name, "&::order");
  EXPECT_EQ(join("User", "called"), "unknown");
  EXPECT_EQ(join("User", "wrong"), "unknown");
  EXPECT_EQ(messages(), Strings{});
}

TEST_F(ModelRelationships, ConcreteBasesAreTargetsThroughTheirParts) {
  map({ClassBuilder("Company")
           .annotate("table", {text("companies")})
           .key()
           .member("employees", list_of("Employee"), relationship()),
       ClassBuilder("Employee").annotate("abstract_concrete_base").key(),
       ClassBuilder("Manager")
           .annotate("table")
           .base("Employee")
           .column("company_id", int64(), foreign_key("companies.id")),
       ClassBuilder("Clerk")
           .annotate("table")
           .base("Employee")
           .column("company_id", int64(), foreign_key("companies.id"))});
  EXPECT_EQ(join("Company", "employees"), "one-to-many id=company_id");
}

} // namespace
