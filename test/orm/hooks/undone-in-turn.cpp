// What a validator, a relationship and a hook change in one member, one after the other, is taken
// back in the reverse order when the flush fails.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

struct [[declorm::table("users")]] User {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
};
struct [[declorm::table("notes")]] Note {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("users.id")]] std::int64_t user_id = 0;
  [[using declorm: column, unique]] std::string text;
  [[declorm::relationship]] User *user = nullptr;

  [[declorm::validates("user_id")]] static std::int64_t valid(std::int64_t id) {
    return id == 20 ? 2 : id;
  }
  [[declorm::before_update]] void change() {
    if (text == "taken")
      user_id = 4;
  }
};

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  for (int id = 1; id != 5; ++id)
    session.add(User{.id = id});
  session.add(Note{.user_id = 1, .text = "taken"});
  session.commit();
  User &third = *session.get<User>(3);
  Note &note = session.add(Note{.user_id = 1, .text = "free"});
  session.commit();
  session.load(note, &Note::user);

  // 20 becomes 2, the relationship makes it 3, the hook 4; the text is taken.
  note.user_id = 20;
  note.user = &third;
  note.text = "taken";
  try {
    session.flush();
  } catch (const declorm::IntegrityError &) {
    std::cout << "refused" << std::endl;
  }
  // CHECK: refused
  std::cout << note.user_id << ' ' << (note.user == &third) << std::endl;
  // CHECK-NEXT: 20 1
  session.rollback();
  std::cout << note.user_id << std::endl;
  // CHECK-NEXT: 1

  // The same in a savepoint.
  const declorm::Transaction nested = session.begin_nested();
  note.user_id = 20;
  note.user = &third;
  note.text = "taken";
  try {
    session.flush();
  } catch (const declorm::IntegrityError &) {
    std::cout << "refused" << std::endl;
  }
  // CHECK-NEXT: refused
  std::cout << note.user_id << ' ' << (note.user == &third) << std::endl;
  // CHECK-NEXT: 20 1
}
