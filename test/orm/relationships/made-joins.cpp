// Conditions and orders of relationships that functions make, where the joined table has another
// name in the statement: every part of an expression takes it, and a subquery keeps its own.
// RUN: %declorm_clang -Wall -Wextra -Werror %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include <declorm/declorm.h>

#include <iostream>

using declorm::col;

namespace declared_first {
declorm::Expression<bool> newest();
std::vector<declorm::Ordering> order();
} // namespace declared_first

struct Post;
struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, viewonly, order_by(&declared_first::order)]]
  std::vector<Post *> posts{};
  [[using declorm: relationship, viewonly, primaryjoin(&declared_first::newest)]]
  Post *newest = nullptr;
};
struct [[declorm::table("posts")]] Post {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("users.id")]] int user_id = 0;
  [[declorm::column]] std::string title;
};

namespace declared_first {
declorm::Expression<bool> newest() {
  // The subquery reads from posts itself, and asks for the user of the statement around it.
  return col<&User::id> == col<&Post::user_id> &&
         col<&Post::id> == declorm::select(declorm::max(col<&Post::id>))
                               .where(col<&Post::user_id> == col<&User::id>)
                               .correlate<User>()
                               .scalar_subquery();
}
std::vector<declorm::Ordering> order() {
  return {declorm::count(col<&Post::id>)
              .over(declorm::partition_by(col<&Post::title>), declorm::order_by(col<&Post::id>)),
          col<&Post::title>.label("title")};
}
} // namespace declared_first

int main() {
  auto engine = declorm::create_engine("sqlite://");
  declorm::metadata().create_all(engine);
  engine.begin([](declorm::Connection &connection) {
    connection.execute("INSERT INTO users VALUES (1), (2)");
    connection.execute(
        "INSERT INTO posts VALUES (1, 1, 'b'), (2, 1, 'a'), (3, 1, 'b'), (4, 2, 'c')");
  });
  declorm::Session session(engine);
  const auto users =
      session.query<User>()
          .options(declorm::joinedload<&User::posts>(), declorm::joinedload<&User::newest>())
          .order_by(col<&User::id>)
          .all();
  // CHECK: 1: 2a 1b 3b, newest 3b
  // CHECK-NEXT: 2: 4c, newest 4c
  for (const User *user : users) {
    std::cout << user->id << ":";
    for (const Post *post : user->posts)
      std::cout << ' ' << post->id << post->title;
    std::cout << ", newest " << user->newest->id << user->newest->title << '\n';
  }
}
