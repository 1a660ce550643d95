// Writing: a session takes objects, and writes at commit what is new or has changed.
#include "blog.h"
#include "model.h"

namespace blog {

void fill(const declorm::Engine &engine) {
  declorm::Session session(engine);
  User &ed = session.add(User("ed", "Ed Jones"));
  User &wendy = session.add(User("wendy"));
  session.flush(); // the users have keys now

  session.add(Address{.email = "ed@example.com", .user_id = ed.id()});
  session.add(Address{.email = "jones@example.org", .user_id = ed.id()});
  session.add(Address{.email = "wendy@example.com", .user_id = wendy.id()});
  session.commit();
}

void rename(const declorm::Engine &engine, const std::string &from, const std::string &to) {
  declorm::Session session(engine);
  session.query<User>().filter(declorm::attr<User>("name_") == from).one().rename(to);
  session.commit();
}

} // namespace blog
