// model_joins.cpp: Tests of how two tables join.

#include "runtime/model/joins.h"

#include <gtest/gtest.h>

#include <map>

using namespace declorm::model;

namespace {

/// Columns by "table.column"; each name has one id for the whole test.
struct ModelJoins : testing::Test {
  std::map<std::string, int> ids;
  JoinRequest request;

  const void *id(const std::string &name) { return &ids[name]; }

  JoinTable table(const std::string &name, const std::vector<std::string> &columns) {
    JoinTable made;
    made.name = name;
    for (const std::string &column : columns)
      made.columns.push_back({id(name + "." + column), name + "." + column, column == "id", false});
    return made;
  }
  JoinKey key(const std::vector<std::pair<std::string, std::string>> &columns) {
    JoinKey made;
    for (const auto &[own, referred] : columns)
      made.columns.emplace_back(id(own), id(referred));
    return made;
  }
  JoinTerm term(const std::string &left, const std::string &right) {
    return {id(left), id(right), false, false, false, false};
  }
  std::string name(const void *column) const {
    for (const auto &[name, value] : ids)
      if (&value == column)
        return name;
    return "?";
  }
  /// "many-to-one orders.customer_id=customers.id", or the message.
  std::string found(const JoinTable &near, const JoinTable &far, bool is_list = false) {
    request.near = &near;
    request.far = &far;
    request.is_list = is_list;
    const Join join = find_join(request);
    EXPECT_EQ(join.problem == JoinProblem::none, join.message.empty());
    problem = join.problem;
    if (join.problem != JoinProblem::none) {
      EXPECT_TRUE(join.pairs.empty() && join.secondary.empty());
      return join.message;
    }
    const char *names[] = {"many-to-one", "one-to-many", "many-to-many"};
    std::string text = names[unsigned(join.direction)];
    for (const JoinPair &pair : join.pairs)
      text += " " + name(pair.near) + "=" + name(pair.far);
    for (const JoinPair &pair : join.secondary)
      text += " | " + name(pair.near) + "=" + name(pair.far);
    return text;
  }
  JoinProblem problem = JoinProblem::none;
};

TEST_F(ModelJoins, TheOnlyForeignKeySaysTheDirection) {
  JoinTable users = table("users", {"id"}), addresses = table("addresses", {"id", "user_id"});
  addresses.foreign_keys = {key({{"addresses.user_id", "users.id"}})};
  EXPECT_EQ(found(users, addresses, true), "one-to-many users.id=addresses.user_id");
  EXPECT_EQ(found(users, addresses), "one-to-many users.id=addresses.user_id"); // one-to-one
  EXPECT_EQ(found(addresses, users), "many-to-one addresses.user_id=users.id");
  EXPECT_EQ(found(addresses, users, true), "many-to-one addresses.user_id=users.id");
}

TEST_F(ModelJoins, CompositeKeysJoinAllTheirColumns) {
  JoinTable orders = table("orders", {"shop", "number"});
  JoinTable lines = table("lines", {"id", "shop", "number"});
  lines.foreign_keys = {key({{"lines.shop", "orders.shop"}, {"lines.number", "orders.number"}})};
  EXPECT_EQ(found(lines, orders), "many-to-one lines.shop=orders.shop lines.number=orders.number");
  EXPECT_EQ(found(orders, lines, true),
            "one-to-many orders.shop=lines.shop orders.number=lines.number");
}

TEST_F(ModelJoins, WithoutAForeignKeyTheMessageSaysWhereToPutOne) {
  const JoinTable users = table("users", {"id"}), addresses = table("addresses", {"id"});
  EXPECT_EQ(found(users, addresses, true),
            "there is no foreign key between tables 'users' and 'addresses'; add "
            "foreign_key(\"users.id\") to a column of table 'addresses', or say how the rows "
            "belong together with primaryjoin(\"users.id == foreign(addresses.column)\")");
  EXPECT_EQ(problem, JoinProblem::no_foreign_key);
  EXPECT_EQ(found(addresses, users),
            "there is no foreign key between tables 'addresses' and 'users'; add "
            "foreign_key(\"users.id\") to a column of table 'addresses', or say how the rows "
            "belong together with primaryjoin(\"users.id == foreign(addresses.column)\")");
}

TEST_F(ModelJoins, ForeignKeysChooseBetweenSeveral) {
  JoinTable customers = table("customers", {"id"});
  JoinTable orders = table("orders", {"id", "billing_id", "shipping_id"});
  orders.foreign_keys = {key({{"orders.billing_id", "customers.id"}}),
                         key({{"orders.shipping_id", "customers.id"}})};
  EXPECT_EQ(found(orders, customers),
            "there are 2 foreign keys between tables 'orders' and 'customers' "
            "(orders.billing_id; orders.shipping_id); say which with "
            "foreign_keys(\"orders.billing_id\") or with primaryjoin(…)");
  EXPECT_EQ(problem, JoinProblem::ambiguous);
  request.foreign_keys = {id("orders.shipping_id")};
  EXPECT_EQ(found(orders, customers), "many-to-one orders.shipping_id=customers.id");
  EXPECT_EQ(found(customers, orders, true), "one-to-many customers.id=orders.shipping_id");
  request.foreign_keys = {id("customers.id")};
  found(orders, customers);
  EXPECT_EQ(problem, JoinProblem::no_foreign_key);
}

TEST_F(ModelJoins, ForeignKeysInBothDirectionsAreAmbiguous) {
  JoinTable users = table("users", {"id", "favourite_id"});
  JoinTable posts = table("posts", {"id", "user_id"});
  users.foreign_keys = {key({{"users.favourite_id", "posts.id"}})};
  posts.foreign_keys = {key({{"posts.user_id", "users.id"}})};
  found(users, posts, true);
  EXPECT_EQ(problem, JoinProblem::ambiguous);
  request.foreign_keys = {id("users.favourite_id")};
  EXPECT_EQ(found(users, posts), "many-to-one users.favourite_id=posts.id");
}

TEST_F(ModelJoins, OneConstraintTwiceIsOneWay) {
  JoinTable a = table("a", {"id"}), b = table("b", {"id", "a_id"});
  b.foreign_keys = {key({{"b.a_id", "a.id"}}), key({{"b.a_id", "a.id"}})};
  EXPECT_EQ(found(b, a), "many-to-one b.a_id=a.id");
}

TEST_F(ModelJoins, ATreeIsReadByTheMember) {
  JoinTable nodes = table("nodes", {"id", "parent_id"});
  nodes.foreign_keys = {key({{"nodes.parent_id", "nodes.id"}})};
  EXPECT_EQ(found(nodes, nodes), "many-to-one nodes.parent_id=nodes.id");
  EXPECT_EQ(found(nodes, nodes, true), "one-to-many nodes.id=nodes.parent_id");
  request.remote_side = {id("nodes.id")};
  EXPECT_EQ(found(nodes, nodes, true), "many-to-one nodes.parent_id=nodes.id");
  request.remote_side = {id("nodes.parent_id")};
  EXPECT_EQ(found(nodes, nodes), "one-to-many nodes.id=nodes.parent_id");
}

TEST_F(ModelJoins, ATreeInPartsSharesAColumn) {
  JoinTable folders = table("folders", {"account", "id", "parent"});
  folders.foreign_keys = {
      key({{"folders.account", "folders.account"}, {"folders.parent", "folders.id"}})};
  request.remote_side = {id("folders.account"), id("folders.id")};
  EXPECT_EQ(found(folders, folders),
            "many-to-one folders.account=folders.account folders.parent=folders.id");
  request.remote_side = {id("folders.account"), id("folders.parent")};
  EXPECT_EQ(found(folders, folders, true),
            "one-to-many folders.account=folders.account folders.id=folders.parent");
  request.remote_side = {id("folders.account")};
  EXPECT_EQ(found(folders, folders),
            "remote_side does not tell the two sides apart: name the columns of the other object, "
            "\"folders.account, folders.id\" or \"folders.account, folders.parent\"");
  EXPECT_EQ(problem, JoinProblem::ambiguous_direction);
}

TEST_F(ModelJoins, AGivenConditionUsesTheForeignKeysInIt) {
  JoinTable users = table("users", {"id", "city"});
  JoinTable posts = table("posts", {"id", "author_id", "editor_id", "city"});
  posts.foreign_keys = {key({{"posts.author_id", "users.id"}}),
                        key({{"posts.editor_id", "users.id"}})};
  request.primary = {{term("users.id", "posts.editor_id"), term("users.city", "posts.city")}};
  EXPECT_EQ(found(users, posts, true), "one-to-many users.id=posts.editor_id");
  EXPECT_EQ(found(posts, users), "many-to-one posts.editor_id=users.id");
}

TEST_F(ModelJoins, ForeignMarksColumnsThatNoConstraintDoes) {
  const JoinTable users = table("users", {"id", "name"});
  const JoinTable posts = table("posts", {"id", "author"});
  request.primary = {{term("users.name", "posts.author")}};
  EXPECT_EQ(found(users, posts, true),
            "the condition compares no foreign key of table 'posts' with a column of table "
            "'users'; mark the column that refers to the other table, as in "
            "primaryjoin(\"users.id == foreign(posts.column)\"), or add viewonly if nothing is to "
            "be written");
  EXPECT_EQ(problem, JoinProblem::no_foreign_column);
  request.foreign_keys = {id("posts.author")};
  EXPECT_EQ(found(users, posts, true), "one-to-many users.name=posts.author");
  request.foreign_keys.clear();
  request.primary->front().right_foreign = true;
  EXPECT_EQ(found(users, posts, true), "one-to-many users.name=posts.author");
  EXPECT_EQ(found(posts, users), "many-to-one posts.author=users.name");
}

TEST_F(ModelJoins, ViewonlyNeedsNoForeignColumn) {
  const JoinTable users = table("users", {"id"}), posts = table("posts", {"id"});
  request.primary.emplace();
  request.viewonly = true;
  EXPECT_EQ(found(users, posts, true), "one-to-many");
  EXPECT_EQ(found(users, posts), "many-to-one");
}

TEST_F(ModelJoins, ForeignOnBothSidesIsRefused) {
  const JoinTable a = table("a", {"id", "b"}), b = table("b", {"id", "a"});
  request.primary = {{term("a.b", "b.id"), term("a.id", "b.a")}};
  (*request.primary)[0].left_foreign = (*request.primary)[1].right_foreign = true;
  EXPECT_EQ(found(a, b),
            "the condition has foreign keys on both sides, a.b and b.a; mark with foreign(…) only "
            "the columns that refer to the other object, and where a table joins itself that "
            "object's columns with remote(…)");
  EXPECT_EQ(problem, JoinProblem::ambiguous_direction);
}

TEST_F(ModelJoins, RemoteTurnsATree) {
  JoinTable nodes = table("nodes", {"id", "parent_id"});
  nodes.foreign_keys = {key({{"nodes.parent_id", "nodes.id"}})};
  request.primary = {{term("nodes.id", "nodes.parent_id")}};
  EXPECT_EQ(found(nodes, nodes), "many-to-one nodes.parent_id=nodes.id");
  EXPECT_EQ(found(nodes, nodes, true), "one-to-many nodes.id=nodes.parent_id");
  request.primary->front().left_remote = true;
  EXPECT_EQ(found(nodes, nodes, true), "many-to-one nodes.parent_id=nodes.id");
  request.primary->front().left_remote = false;
  request.primary->front().right_remote = true;
  EXPECT_EQ(found(nodes, nodes), "one-to-many nodes.id=nodes.parent_id");
}

TEST_F(ModelJoins, ATableInBetweenRefersToBoth) {
  const JoinTable posts = table("posts", {"id"}), tags = table("tags", {"id"});
  JoinTable between = table("post_tags", {"post_id", "tag_id"});
  request.secondary = &between;
  EXPECT_EQ(found(posts, tags, true),
            "table 'post_tags', named as secondary, has no foreign key to table 'posts'; add one, "
            "or say how the rows belong together with primaryjoin(\"posts.id == "
            "post_tags.column\")");
  EXPECT_EQ(problem, JoinProblem::no_secondary_key);
  between.foreign_keys = {key({{"post_tags.post_id", "posts.id"}}),
                          key({{"post_tags.tag_id", "tags.id"}})};
  EXPECT_EQ(found(posts, tags, true),
            "many-to-many posts.id=post_tags.post_id | tags.id=post_tags.tag_id");
  EXPECT_EQ(found(tags, posts, true),
            "many-to-many tags.id=post_tags.tag_id | posts.id=post_tags.post_id");
}

TEST_F(ModelJoins, AGraphNeedsToKnowWhichKeyIsWhose) {
  const JoinTable users = table("users", {"id"});
  JoinTable friends = table("friends", {"from_id", "to_id"});
  friends.foreign_keys = {key({{"friends.from_id", "users.id"}}),
                          key({{"friends.to_id", "users.id"}})};
  request.secondary = &friends;
  EXPECT_EQ(found(users, users, true),
            "table 'friends', named as secondary, has 2 foreign keys to table 'users'; say which "
            "is for which side with primaryjoin(\"users.id == friends.from_id\") and "
            "secondaryjoin(\"users.id == friends.to_id\")");
  EXPECT_EQ(problem, JoinProblem::ambiguous_secondary);
  const std::string forward = "many-to-many users.id=friends.from_id | users.id=friends.to_id";
  request.primary = {{term("users.id", "friends.from_id")}};
  EXPECT_EQ(found(users, users, true), forward); // the other key is the other side's
  request.secondary_terms = {{term("friends.to_id", "users.id")}};
  EXPECT_EQ(found(users, users, true), forward);
  request.primary.reset();
  EXPECT_EQ(found(users, users, true), forward);
}

TEST_F(ModelJoins, AGivenHalfMustJoin) {
  const JoinTable posts = table("posts", {"id"}), tags = table("tags", {"id", "name"});
  JoinTable between = table("post_tags", {"post_id", "tag_name"});
  between.foreign_keys = {key({{"post_tags.post_id", "posts.id"}})};
  request.secondary = &between;
  request.secondary_terms = {{term("tags.name", "post_tags.tag_name")}};
  EXPECT_EQ(found(posts, tags, true),
            "many-to-many posts.id=post_tags.post_id | tags.name=post_tags.tag_name");
  request.secondary_terms = {{term("tags.name", "posts.id")}};
  EXPECT_EQ(found(posts, tags, true),
            "secondaryjoin compares no column of table 'tags' with one of table 'post_tags', as in "
            "secondaryjoin(\"tags.id == post_tags.column\")");
}

/// The tables of a class that joins its parent's: the parent's columns are inherited.
JoinTable joined(const JoinTable &own, const JoinTable &parent) {
  JoinTable made = own;
  for (JoinColumn column : parent.columns) {
    column.inherited = true;
    made.columns.push_back(column);
  }
  made.foreign_keys.insert(made.foreign_keys.end(), parent.foreign_keys.begin(),
                           parent.foreign_keys.end());
  return made;
}

TEST_F(ModelJoins, AJoinedClassPrefersItsOwnTable) {
  const JoinTable companies = table("companies", {"id"});
  JoinTable employees = table("employees", {"id", "company_id"});
  JoinTable managers = table("managers", {"id", "company_id"});
  employees.foreign_keys = {key({{"employees.company_id", "companies.id"}})};
  EXPECT_EQ(found(joined(managers, employees), companies),
            "many-to-one employees.company_id=companies.id");
  managers.foreign_keys = {key({{"managers.company_id", "companies.id"}})};
  const JoinTable manager = joined(managers, employees);
  EXPECT_EQ(found(manager, companies), "many-to-one managers.company_id=companies.id");
  found(companies, manager, true);
  EXPECT_EQ(problem, JoinProblem::ambiguous);
}

TEST_F(ModelJoins, ClassesOfOneHierarchyJoinLikeATree) {
  JoinTable employees = table("employees", {"id", "boss_id"});
  const JoinTable managers = table("managers", {"id"});
  employees.foreign_keys = {key({{"employees.boss_id", "managers.id"}})};
  const JoinTable manager = joined(managers, employees);
  EXPECT_EQ(found(employees, manager), "many-to-one employees.boss_id=managers.id");
  EXPECT_EQ(found(manager, employees, true), "one-to-many managers.id=employees.boss_id");
  EXPECT_EQ(found(manager, manager), "many-to-one employees.boss_id=managers.id");
  employees.foreign_keys = {key({{"employees.boss_id", "employees.id"}})};
  const JoinTable other = joined(managers, employees);
  EXPECT_EQ(found(employees, other), "many-to-one employees.boss_id=employees.id");
  EXPECT_EQ(found(other, employees, true), "one-to-many employees.id=employees.boss_id");
}

} // namespace
