// Relationships in SQL: joins along them, any, has, contains, comparison with objects: their text
// and their rows.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include "../Inputs/database.h"
#include "../Inputs/show.h"
#include <declorm/declorm.h>
#include <list>
#include <map>
#include <set>

using declorm::alias, declorm::attr, declorm::col, declorm::count, declorm::nullable,
    declorm::select;

struct Address;
struct Profile;
struct Tag;

class [[declorm::table("users")]] User {
public:
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("user")]] std::vector<Address *> addresses{};
  [[using declorm: relationship, back_populates("user")]] std::shared_ptr<Profile> profile{};
  [[using declorm: relationship, secondary("user_tags"), map_key("name")]]
  std::map<std::string, Tag *> tags{};
  [[using declorm: relationship, secondary("friends"), primaryjoin("User.id == friends.left_id"),
    secondaryjoin("User.id == friends.right_id")]]
  std::list<User *> friends{};
  [[using declorm: relationship, viewonly,
    primaryjoin("User.id == Address.user_id and Address.email == 'b@x'")]]
  std::set<Address *> special{};

private:
  [[using declorm: relationship, viewonly]] std::vector<Address *> hidden_{};
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string email;
  [[using declorm: column, foreign_key("users.id")]] std::optional<std::int64_t> user_id{};
  [[declorm::relationship]] User *user = nullptr;
};
struct [[declorm::table("profiles")]] Profile {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string text;
  [[using declorm: column, foreign_key("users.id")]] std::int64_t user_id = 0;
  [[declorm::relationship]] std::weak_ptr<User> user{};
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};

struct [[declorm::table("nodes")]] Node {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("nodes.id")]] std::optional<std::int64_t> parent_id{};
  [[using declorm: relationship, back_populates("children")]] Node *parent = nullptr;
  [[declorm::relationship]] std::vector<Node *> children{};
};

struct [[using declorm: table("depts"), primary_key_constraint({"city", "number"})]] Dept {
  [[declorm::column]] std::string city;
  [[declorm::column]] int number = 0;
};
struct [[using declorm: table("clerks"),
         foreign_key_constraint({"city", "number"}, {"depts.city", "depts.number"})]] Clerk {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::optional<std::string> city{};
  [[declorm::column]] std::optional<int> number{};
  [[declorm::relationship]] Dept *dept = nullptr;
};

struct Employee;
struct [[declorm::table("companies")]] Company {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: relationship, back_populates("company")]] std::vector<Employee *> staff{};
};
struct [[using declorm: table("employees"), polymorphic_on("kind"),
         polymorphic_identity("employee")]] Employee {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[declorm::column]] std::string kind;
  [[using declorm: column, foreign_key("companies.id")]] std::optional<std::int64_t> company_id{};
  [[declorm::relationship]] Company *company = nullptr;
  virtual ~Employee() = default;
};
struct [[using declorm: table("engineers"), polymorphic_identity("engineer")]] Engineer : Employee {
  [[declorm::column]] std::string language;
  [[using declorm: column, foreign_key("employees.id")]] std::optional<std::int64_t> mentor_id{};
  [[using declorm: relationship, foreign_keys("mentor_id")]] Employee *mentor = nullptr;
};

struct HasOwner {
  [[using declorm: column, foreign_key("users.id")]] std::optional<std::int64_t> owner_id{};
  [[declorm::relationship]] User *owner = nullptr;
};
struct [[declorm::table("cats")]] Cat : HasOwner {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table("dogs")]] Dog : HasOwner {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};

static void make_tables(const declorm::Engine &engine) {
  using namespace declorm;
  const auto link = [](const char *name, const char *left, const char *to_left, const char *right,
                       const char *to_right) {
    metadata().add_table(name, declorm::Column(left, BigInteger, ForeignKey(to_left), primary_key),
                         declorm::Column(right, BigInteger, ForeignKey(to_right), primary_key));
  };
  link("user_tags", "user_id", "users.id", "tag_id", "tags.id");
  link("friends", "left_id", "users.id", "right_id", "users.id");
  metadata().create_all(engine);
}

static void fill(declorm::Connection &connection) {
  const auto user = [](std::int64_t id, const char *name) {
    User made;
    made.id = id;
    made.name = name;
    return made;
  };
  connection.insert(std::vector<User>{user(1, "ed"), user(2, "wendy"), user(3, "jack")});
  connection.insert(std::vector<Address>{{.id = 1, .email = "a@x", .user_id = 1},
                                         {.id = 2, .email = "b@x", .user_id = 1},
                                         {.id = 3, .email = "c@x", .user_id = 2},
                                         {.id = 4, .email = "d@x"}});
  connection.insert(std::vector<Profile>{{.id = 1, .text = "hello", .user_id = 2}});
  connection.insert(std::vector<Tag>{{.id = 1, .name = "red"}, {.id = 2, .name = "blue"}});
  connection.execute("INSERT INTO user_tags VALUES (1, 1), (1, 2), (2, 2)");
  connection.execute("INSERT INTO friends VALUES (1, 2), (2, 3)");
  connection.insert(std::vector<Node>{{.id = 1, .name = "root"},
                                      {.id = 2, .name = "leaf", .parent_id = 1},
                                      {.id = 3, .name = "branch", .parent_id = 1},
                                      {.id = 4, .name = "twig", .parent_id = 3}});
  connection.insert(
      std::vector<Dept>{{.city = "Bonn", .number = 1}, {.city = "Bonn", .number = 2}});
  connection.insert(std::vector<Clerk>{{.id = 1, .city = "Bonn", .number = 1},
                                       {.id = 2, .city = "Bonn", .number = 2},
                                       {.id = 3, .city = "Bonn"}});
  connection.insert(std::vector<Company>{{.id = 1, .name = "acme"}, {.id = 2, .name = "empty"}});
  connection.execute(
      "INSERT INTO employees (id, name, kind, company_id) VALUES "
      "(1, 'ann', 'employee', 1), (2, 'bob', 'engineer', 1), (3, 'cy', 'engineer', NULL)");
  connection.execute("INSERT INTO engineers (id, language, mentor_id) VALUES (2, 'C++', 1), "
                     "(3, 'SQL', NULL)");
  connection.execute("INSERT INTO cats (id, owner_id) VALUES (1, 1), (2, NULL)");
}

int main() {
  const declorm::Engine engine = test::open_database();
  make_tables(engine);
  declorm::Connection connection = engine.connect();
  fill(connection);
  connection.commit();
  const auto show = [&](const auto &statement) { test::show(connection, statement); };
  const auto name = col<&User::name>;
  const auto email = col<&Address::email>;
  const auto node = col<&Node::name>;

  // Joins.
  // CHECK: SELECT users.name, addresses.email FROM users JOIN addresses ON users.id = addresses.user_id ORDER BY addresses.id
  // CHECK-NEXT: [ed a@x] [ed b@x] [wendy c@x]
  show(select(name, email).join<&User::addresses>().order_by(col<&Address::id>));
  // CHECK-NEXT: SELECT users.name, count(addresses.id) FROM users LEFT OUTER JOIN addresses ON users.id = addresses.user_id GROUP BY users.id ORDER BY users.id
  // CHECK-NEXT: [ed 2] [wendy 1] [jack 0]
  show(select(name, count(col<&Address::id>))
           .outer_join<&User::addresses>()
           .group_by(col<&User::id>)
           .order_by(col<&User::id>));
  // CHECK-NEXT: SELECT addresses.email FROM users JOIN addresses ON users.id = addresses.user_id WHERE users.name = ?
  // CHECK-NEXT: [a@x] [b@x]
  show(select(email).join<&User::addresses>().where(name == "ed"));
  // CHECK-NEXT: SELECT addresses.email FROM addresses JOIN users ON users.id = addresses.user_id WHERE users.name = ?
  // CHECK-NEXT: [c@x]
  show(select(email).join<&Address::user>().where(name == "wendy"));
  // Through a table in between.
  // CHECK-NEXT: SELECT users.name, tags.name FROM users JOIN user_tags ON users.id = user_tags.user_id JOIN tags ON tags.id = user_tags.tag_id ORDER BY tags.id, users.id
  // CHECK-NEXT: [ed red] [ed blue] [wendy blue]
  show(select(name, col<&Tag::name>).join<&User::tags>().order_by(col<&Tag::id>, col<&User::id>));
  // CHECK-NEXT: SELECT users.name, count(tags.id) FROM users LEFT OUTER JOIN (user_tags JOIN tags ON tags.id = user_tags.tag_id) ON users.id = user_tags.user_id GROUP BY users.id ORDER BY users.id
  // CHECK-NEXT: [ed 2] [wendy 1] [jack 0]
  show(select(name, count(col<&Tag::id>))
           .outer_join<&User::tags>()
           .group_by(col<&User::id>)
           .order_by(col<&User::id>));
  // To the class itself, which needs another name.
  auto child = alias<Node>("child");
  auto grandchild = alias<Node>("grandchild");
  // CHECK-NEXT: SELECT nodes.name, grandchild.name FROM nodes JOIN nodes AS child ON child.parent_id = nodes.id JOIN nodes AS grandchild ON grandchild.parent_id = child.id
  // CHECK-NEXT: [root twig]
  show(select(node, grandchild.col<&Node::name>)
           .join(col<&Node::children>.of_type(child))
           .join(child.col<&Node::children>.of_type(grandchild)));
  // CHECK-NEXT: SELECT nodes.name, child.id, child.name, child.parent_id FROM nodes LEFT OUTER JOIN nodes AS child ON nodes.parent_id = child.id ORDER BY nodes.id
  // CHECK-NEXT: [root -] [leaf User 1 root] [branch User 1 root] [twig User 3 branch]
  show(select(node, nullable(child))
           .outer_join(col<&Node::parent>.of_type(child))
           .order_by(col<&Node::id>));
  auto friend_ = alias<User>("friend");
  auto second = alias<User>("second");
  // CHECK-NEXT: SELECT users.name, friend.name, second.name FROM users JOIN friends ON users.id = friends.left_id JOIN users AS friend ON friend.id = friends.right_id JOIN friends AS friends_1 ON friend.id = friends_1.left_id JOIN users AS second ON second.id = friends_1.right_id
  // CHECK-NEXT: [ed wendy jack]
  show(select(name, friend_.col<&User::name>, second.col<&User::name>)
           .join(col<&User::friends>.of_type(friend_))
           .join(friend_.column(col<&User::friends>).of_type(second)));
  // CHECK-NEXT: ArgumentError: a join along relationship 'children' of class 'Node' would have Node twice in the statement; give the joined one a name of its own, as in join(col<&T::children>.of_type(alias<Node>("name")))
  test::attempt([&] { show(select<Node>().join<&Node::children>()); });
  // CHECK-NEXT: ArgumentError: a join along relationship 'addresses' of class 'User' would have Address twice in the statement; give the joined one a name of its own, as in join(col<&T::addresses>.of_type(alias<Address>("name")))
  test::attempt([&] { show(select<User>().join<&User::addresses>().join<&User::addresses>()); });
  // On more than keys; of a private member; from a subclass and to one.
  // CHECK-NEXT: SELECT users.name, addresses.email FROM users JOIN addresses ON users.id = addresses.user_id AND addresses.email = 'b@x'
  // CHECK-NEXT: [ed b@x]
  show(select(name, email).join<&User::special>());
  // CHECK-NEXT: SELECT users.name, addresses.email FROM users JOIN addresses ON users.id = addresses.user_id WHERE addresses.id = ?
  // CHECK-NEXT: [wendy c@x]
  show(select(name, email).join(attr<User>("hidden_")).where(col<&Address::id> == 3));
  // CHECK-NEXT: SELECT companies.name, employees.name FROM companies JOIN employees ON companies.id = employees.company_id
  // CHECK-NEXT: [acme ann] [acme bob]
  show(select(col<&Company::name>, col<&Employee::name>).join<&Company::staff>());
  // CHECK-NEXT: SELECT companies.name, engineers.language FROM companies JOIN (employees JOIN engineers ON engineers.id = employees.id) ON companies.id = employees.company_id
  // CHECK-NEXT: [acme C++]
  show(select(col<&Company::name>, col<&Engineer::language>)
           .join(col<&Company::staff>.of_type<Engineer>()));
  // CHECK-NEXT: SELECT companies.name, engineers.language FROM employees JOIN engineers ON engineers.id = employees.id JOIN companies ON companies.id = employees.company_id
  // CHECK-NEXT: [acme C++]
  show(select(col<&Company::name>, col<&Engineer::language>).join<&Employee::company, Engineer>());
  auto mentor = alias<Employee>("mentor");
  // CHECK-NEXT: SELECT employees.name, mentor.name FROM employees JOIN engineers ON engineers.id = employees.id JOIN employees AS mentor ON engineers.mentor_id = mentor.id
  // CHECK-NEXT: [bob ann]
  show(select(col<&Engineer::name, Engineer>, mentor.col<&Employee::name>)
           .join(col<&Engineer::mentor>.of_type(mentor)));
  // Of a mixin: of the class that the statement has.
  // CHECK-NEXT: SELECT users.name, cats.id FROM cats JOIN users ON cats.owner_id = users.id
  // CHECK-NEXT: [ed 1]
  show(select(name, col<&Cat::id>).join<&HasOwner::owner>());
  // CHECK-NEXT: SELECT users.name, cats.id FROM cats JOIN users ON cats.owner_id = users.id
  // CHECK-NEXT: [ed 1]
  show(select(name, col<&Cat::id>).from<Cat>().join<&HasOwner::owner, Cat>());
  // CHECK-NEXT: ArgumentError: relationship 'owner' of class 'HasOwner' could belong to several classes of the statement: Cat, Dog; say which, as in col<&Base::member, Cat>
  test::attempt([&] { show(select(col<&Cat::id>, col<&Dog::id>).join<&HasOwner::owner>()); });

  // any, has.
  const auto users = select(name).order_by(col<&User::id>);
  const auto filtered = [&](const declorm::Expression<bool> &condition) {
    show(users.where(condition));
  };
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id) ORDER BY users.id
  // CHECK-NEXT: [ed] [wendy]
  filtered(col<&User::addresses>.any());
  // CHECK-NEXT: SELECT users.name FROM users WHERE NOT EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id AND addresses.email = ?) ORDER BY users.id
  // CHECK-NEXT: [ed] [jack]
  filtered(!col<&User::addresses>.any(email == "c@x"));
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM tags, user_tags WHERE users.id = user_tags.user_id AND tags.id = user_tags.tag_id) ORDER BY users.id
  // CHECK-NEXT: [ed] [wendy]
  filtered(col<&User::tags>.any());
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM tags, user_tags WHERE users.id = user_tags.user_id AND tags.id = user_tags.tag_id AND tags.name = ?) ORDER BY users.id
  // CHECK-NEXT: [ed]
  filtered(col<&User::tags>.any(col<&Tag::name> == "red"));
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM profiles WHERE users.id = profiles.user_id AND profiles.text LIKE ?) ORDER BY users.id
  // CHECK-NEXT: [wendy]
  filtered(col<&User::profile>.has(col<&Profile::text>.like("h%")));
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id AND addresses.email = 'b@x') ORDER BY users.id
  // CHECK-NEXT: [ed]
  filtered(col<&User::special>.any());
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id AND addresses.email = ?) ORDER BY users.id
  // CHECK-NEXT: [wendy]
  filtered(attr<User>("hidden_").any(email == "c@x"));
  // CHECK-NEXT: SELECT addresses.email FROM addresses WHERE EXISTS (SELECT 1 FROM users WHERE users.id = addresses.user_id AND users.name = ? AND EXISTS (SELECT 1 FROM tags, user_tags WHERE users.id = user_tags.user_id AND tags.id = user_tags.tag_id))
  // CHECK-NEXT: [a@x] [b@x]
  show(select(email).where(col<&Address::user>.has(name == "ed" && col<&User::tags>.any())));
  // CHECK-NEXT: SELECT companies.name FROM companies WHERE EXISTS (SELECT 1 FROM employees WHERE companies.id = employees.company_id AND employees.name = ?)
  // CHECK-NEXT: [acme]
  show(select(col<&Company::name>).where(col<&Company::staff>.any(col<&Employee::name> == "bob")));
  // CHECK-NEXT: SELECT companies.name FROM companies WHERE EXISTS (SELECT 1 FROM employees JOIN engineers ON engineers.id = employees.id WHERE companies.id = employees.company_id AND engineers.language = ?)
  // CHECK-NEXT: [acme]
  show(select(col<&Company::name>)
           .where(col<&Company::staff>.of_type<Engineer>().any(col<&Engineer::language> == "C++")));
  // CHECK-NEXT: SELECT cats.id FROM cats WHERE EXISTS (SELECT 1 FROM users WHERE cats.owner_id = users.id AND users.name = ?)
  // CHECK-NEXT: [1]
  show(select(col<&Cat::id>).where(col<&HasOwner::owner>.has(name == "ed")));
  // Of the class itself: in the condition it is the inner one.
  const auto nodes = select(node).order_by(col<&Node::id>);
  // CHECK-NEXT: SELECT nodes.name FROM nodes WHERE EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE nodes_1.parent_id = nodes.id AND nodes_1.name = ?) ORDER BY nodes.id
  // CHECK-NEXT: [root]
  show(nodes.where(col<&Node::children>.any(node == "leaf")));
  // CHECK-NEXT: SELECT nodes.name FROM nodes WHERE EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE nodes_1.parent_id = nodes.id AND EXISTS (SELECT 1 FROM nodes AS nodes_2 WHERE nodes_2.parent_id = nodes_1.id AND nodes_2.name = ?)) ORDER BY nodes.id
  // CHECK-NEXT: [root]
  show(nodes.where(col<&Node::children>.any(col<&Node::children>.any(node == "twig"))));
  // CHECK-NEXT: SELECT nodes.name FROM nodes WHERE EXISTS (SELECT 1 FROM nodes AS child WHERE child.parent_id = nodes.id AND child.name > nodes.name) ORDER BY nodes.id
  // CHECK-NEXT: [branch]
  show(nodes.where(col<&Node::children>.of_type(child).any(child.col<&Node::name> > node)));
  // CHECK-NEXT: SELECT child.name FROM nodes AS child WHERE EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE child.parent_id = nodes_1.id AND nodes_1.name = ?)
  // CHECK-NEXT: [twig]
  show(select(child.col<&Node::name>).where(child.col<&Node::parent>.has(node == "branch")));
  // CHECK-NEXT: SELECT child.name FROM nodes AS child WHERE NOT EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE nodes_1.parent_id = child.id)
  // CHECK-NEXT: [leaf] [twig]
  show(select(child.col<&Node::name>).where(!child.col<&Node::children>.any()));
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM users AS users_1, friends WHERE users.id = friends.left_id AND users_1.id = friends.right_id AND users_1.name = ?) ORDER BY users.id
  // CHECK-NEXT: [wendy]
  filtered(col<&User::friends>.any(name == "jack"));
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM users AS users_1, friends WHERE users.id = friends.left_id AND users_1.id = friends.right_id AND EXISTS (SELECT 1 FROM users AS users_2, friends WHERE users_1.id = friends.left_id AND users_2.id = friends.right_id)) ORDER BY users.id
  // CHECK-NEXT: [ed]
  filtered(col<&User::friends>.any(col<&User::friends>.any()));
  // CHECK-NEXT: SELECT engineers.language FROM employees JOIN engineers ON engineers.id = employees.id WHERE EXISTS (SELECT 1 FROM employees AS employees_1 WHERE engineers.mentor_id = employees_1.id AND employees_1.name = ?)
  // CHECK-NEXT: [C++]
  show(select(col<&Engineer::language>)
           .where(col<&Engineer::mentor>.has(col<&Employee::name, Employee> == "ann")));
  // In other statements.
  // CHECK-NEXT: DELETE FROM nodes WHERE NOT EXISTS (SELECT 1 FROM nodes AS nodes_1 WHERE nodes_1.parent_id = nodes.id AND nodes_1.name = ?)
  std::cout << test::text_of(
                   declorm::delete_<Node>().where(!col<&Node::children>.any(node == "leaf")),
                   declorm::dialect("sqlite"))
            << std::endl;
  // CHECK-NEXT: UPDATE users SET name = ? WHERE EXISTS (SELECT 1 FROM tags, user_tags WHERE users.id = user_tags.user_id AND tags.id = user_tags.tag_id AND tags.name = ?)
  std::cout << test::text_of(declorm::update<User>()
                                 .set(name = "x")
                                 .where(col<&User::tags>.any(col<&Tag::name> == "red")),
                             declorm::dialect("sqlite"))
            << std::endl;
  // CHECK-NEXT: SELECT users.name, EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id) AS known FROM users ORDER BY users.id
  // CHECK-NEXT: [ed 1] [wendy 1] [jack 0]
  show(select(name, col<&User::addresses>.any().label("known")).order_by(col<&User::id>));

  // Comparison with objects.
  const auto get = [&]<class T>(const declorm::Expression<bool> &condition) {
    return connection.execute(select<T>().where(condition)).one();
  };
  const User ed = get.operator()<User>(name == "ed");
  const Address c = get.operator()<Address>(email == "c@x");
  const Tag red = get.operator()<Tag>(col<&Tag::name> == "red");
  const Node branch = get.operator()<Node>(node == "branch");
  const Profile hello = get.operator()<Profile>(col<&Profile::text> == "hello");
  const auto addresses = select(email).order_by(col<&Address::id>);
  // CHECK-NEXT: SELECT addresses.email FROM addresses WHERE addresses.user_id = ? ORDER BY addresses.id
  // CHECK-NEXT: [a@x] [b@x]
  show(addresses.where(col<&Address::user> == ed));
  // CHECK-NEXT: SELECT addresses.email FROM addresses WHERE addresses.user_id != ? OR addresses.user_id IS NULL ORDER BY addresses.id
  // CHECK-NEXT: [c@x] [d@x]
  show(addresses.where(col<&Address::user> != ed));
  // CHECK-NEXT: SELECT addresses.email FROM addresses WHERE addresses.user_id IS NULL ORDER BY addresses.id
  // CHECK-NEXT: [d@x]
  show(addresses.where(col<&Address::user> == nullptr));
  // CHECK-NEXT: SELECT addresses.email FROM addresses WHERE addresses.user_id IS NOT NULL ORDER BY addresses.id
  // CHECK-NEXT: [a@x] [b@x] [c@x]
  show(addresses.where(col<&Address::user> != nullptr));
  // CHECK-NEXT: SELECT addresses.email FROM addresses WHERE addresses.user_id = ? ORDER BY addresses.id
  // CHECK-NEXT: [a@x] [b@x]
  show(addresses.where(attr<Address>("user") == ed));
  // CHECK-NEXT: SELECT addresses.email FROM addresses WHERE addresses.user_id IS NOT NULL AND addresses.user_id IS NULL ORDER BY addresses.id
  // CHECK-EMPTY:
  show(addresses.where(attr<Address>("user") != nullptr && attr<Address>("user_id") == nullptr));
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.id = ? ORDER BY users.id
  // CHECK-NEXT: [wendy]
  filtered(col<&User::addresses>.contains(c));
  // CHECK-NEXT: SELECT users.name FROM users WHERE NOT users.id = ? ORDER BY users.id
  // CHECK-NEXT: [ed] [jack]
  filtered(!col<&User::addresses>.contains(c));
  // CHECK-NEXT: SELECT users.name FROM users WHERE NOT (0 = 1) ORDER BY users.id
  // CHECK-NEXT: [ed] [wendy] [jack]
  filtered(!col<&User::addresses>.contains(Address{.id = 4}));
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id AND addresses.email = 'b@x' AND addresses.id = ?) ORDER BY users.id
  // CHECK-EMPTY:
  filtered(col<&User::special>.contains(c));
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM user_tags WHERE users.id = user_tags.user_id AND user_tags.tag_id = ?) ORDER BY users.id
  // CHECK-NEXT: [ed]
  filtered(col<&User::tags>.contains(red));
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM users AS users_1, friends WHERE users.id = friends.left_id AND users_1.id = friends.right_id AND users_1.id = ?) ORDER BY users.id
  // CHECK-EMPTY:
  filtered(col<&User::friends>.contains(ed));
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.id = ? ORDER BY users.id
  // CHECK-NEXT: [wendy]
  filtered(attr<User>("hidden_").contains(c));
  // CHECK-NEXT: SELECT users.name FROM users WHERE NOT EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id) ORDER BY users.id
  // CHECK-NEXT: [jack]
  filtered(col<&User::addresses> == nullptr);
  // CHECK-NEXT: SELECT users.name FROM users WHERE EXISTS (SELECT 1 FROM addresses WHERE users.id = addresses.user_id) ORDER BY users.id
  // CHECK-NEXT: [ed] [wendy]
  filtered(col<&User::addresses> != nullptr);
  // CHECK-NEXT: SELECT users.name FROM users WHERE users.id = ? ORDER BY users.id
  // CHECK-NEXT: [wendy]
  filtered(col<&User::profile> == hello);
  // CHECK-NEXT: SELECT users.name FROM users WHERE NOT users.id = ? ORDER BY users.id
  // CHECK-NEXT: [ed] [jack]
  filtered(col<&User::profile> != hello);
  // CHECK-NEXT: SELECT users.name FROM users WHERE NOT EXISTS (SELECT 1 FROM profiles WHERE users.id = profiles.user_id) ORDER BY users.id
  // CHECK-NEXT: [ed] [jack]
  filtered(col<&User::profile> == nullptr);
  // CHECK-NEXT: SELECT nodes.name FROM nodes WHERE nodes.parent_id = ? ORDER BY nodes.id
  // CHECK-NEXT: [twig]
  show(nodes.where(col<&Node::parent> == branch));
  // CHECK-NEXT: SELECT nodes.name FROM nodes WHERE nodes.id = ? ORDER BY nodes.id
  // CHECK-NEXT: [root]
  show(nodes.where(col<&Node::children>.contains(branch)));
  // CHECK-NEXT: SELECT child.name FROM nodes AS child WHERE child.parent_id = ?
  // CHECK-NEXT: [twig]
  show(select(child.col<&Node::name>).where(child.col<&Node::parent> == branch));
  const Dept dept{.city = "Bonn", .number = 2};
  const auto clerks = select(col<&Clerk::id>).order_by(col<&Clerk::id>);
  // CHECK-NEXT: SELECT clerks.id FROM clerks WHERE clerks.city = ? AND clerks.number = ? ORDER BY clerks.id
  // CHECK-NEXT: [2]
  show(clerks.where(col<&Clerk::dept> == dept));
  // CHECK-NEXT: SELECT clerks.id FROM clerks WHERE clerks.city != ? OR clerks.city IS NULL OR clerks.number != ? OR clerks.number IS NULL ORDER BY clerks.id
  // CHECK-NEXT: [1] [3]
  show(clerks.where(col<&Clerk::dept> != dept));
  // CHECK-NEXT: SELECT clerks.id FROM clerks WHERE clerks.city IS NULL OR clerks.number IS NULL ORDER BY clerks.id
  // CHECK-NEXT: [3]
  show(clerks.where(col<&Clerk::dept> == nullptr));

  // What is no relationship, or not there.
  // CHECK-NEXT: InvalidRequestError: an object of class 'Address' whose key 'id' has no value yet is compared with a relationship; flush() the session first
  test::attempt([&] { filtered(col<&User::addresses>.contains(Address{})); });
  // CHECK-NEXT: ArgumentError: class 'User' has no relationship 'adresses'; did you mean 'addresses'?
  test::attempt([&] { filtered(attr<User>(std::string_view("adresses")).any()); });
  // CHECK-NEXT: ArgumentError: member 'name' of class 'User' is used as a relationship, but is a column
  test::attempt([&] { filtered(attr<User>("name").any()); });
  // CHECK-NEXT: ArgumentError: member 'addresses' of class 'User' is a relationship, no column; ask it with any(), has(), contains() or ==, or join along it
  test::attempt([&] { filtered(attr<User>("addresses") > 1); });
  // CHECK-NEXT: ArgumentError: relationship 'user' of class 'Address' is used, but the statement reads from User; add join<Address>(condition) or from<Address>()
  test::attempt([&] { filtered(col<&Address::user>.has()); });
  // CHECK-NEXT: ArgumentError: relationship 'children' of class 'Node', of the alias 'child', is used, but the statement reads from User; add join(child, condition) or from(child)
  test::attempt([&] { filtered(child.col<&Node::children>.any()); });
  // CHECK-NEXT: ArgumentError: a join leads along a relationship of class 'User', but the statement reads from Tag; add from<User>()
  test::attempt([&] { show(select<Tag>().join<&User::addresses>()); });
  // CHECK-NEXT: ArgumentError: class 'User' has no relationship 'nmae'; there is addresses, profile, tags, friends, special, hidden_
  test::attempt([&] { show(select<Tag>().join(attr<User>(std::string_view("nmae")))); });
  // CHECK-NEXT: ArgumentError: a relationship of class 'HasOwner' is used, but the statement reads from Address; add join<T>(condition) or from<T>(), of a class that derives from it
  test::attempt([&] { show(select(email).where(col<&HasOwner::owner> == ed)); });

  // In a session.
  declorm::Session session(engine);
  // CHECK-NEXT: wendy
  for (const User &user : session.query<User>().join<&User::addresses>().filter(email == "c@x"))
    std::cout << user.name << std::endl;
  // CHECK-NEXT: 4
  std::cout << session.query<User>().outer_join<&User::addresses>().count() << std::endl;
  const User *found = session.query<User>().filter(col<&User::tags>.contains(red)).first();
  // CHECK-NEXT: ed
  std::cout << found->name << std::endl;
}
