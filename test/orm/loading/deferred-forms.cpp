// Deferred columns said by a call, and more of them than an object has bits for: those behind the
// 31st are loaded together.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"
#include <declorm/imperative.h>

using declorm::field;

struct Note {
  std::int64_t id = 0;
  std::string title, text = "?";
};

#define DEFERRED(n) [[using declorm: column, deferred]] int c##n = 0;
struct [[declorm::table("wide")]] Wide {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  // clang-format off
  DEFERRED(0) DEFERRED(1) DEFERRED(2) DEFERRED(3) DEFERRED(4) DEFERRED(5) DEFERRED(6)
  DEFERRED(7) DEFERRED(8) DEFERRED(9) DEFERRED(10) DEFERRED(11) DEFERRED(12) DEFERRED(13)
  DEFERRED(14) DEFERRED(15) DEFERRED(16) DEFERRED(17) DEFERRED(18) DEFERRED(19) DEFERRED(20)
  DEFERRED(21) DEFERRED(22) DEFERRED(23) DEFERRED(24) DEFERRED(25) DEFERRED(26) DEFERRED(27)
  DEFERRED(28) DEFERRED(29) DEFERRED(30) DEFERRED(31) DEFERRED(32)
  // clang-format on
};

int main() {
  declorm::Table &notes = declorm::metadata().add_table(
      "notes", declorm::Column("id", declorm::Integer, declorm::primary_key),
      declorm::Column("title", declorm::Text), declorm::Column("text", declorm::Text));
  declorm::registry().map_imperatively<Note>(
      notes, field<&Note::id>("id"), field<&Note::title>("title"),
      field<&Note::text>("text", declorm::deferred("large")), declorm::always_refresh);
  const declorm::Engine engine = test::traced_database();
  test::tracing = false;
  declorm::Session session(engine);
  session.add(Note{.title = "a", .text = "long"});
  Wide &made = session.emplace<Wide>();
  made.c0 = 1, made.c30 = 30, made.c31 = 31, made.c32 = 32;
  session.commit();
  session.expunge_all();
  test::tracing = true;

  Note &note = *session.get<Note>(1);
  std::cout << note.text << std::endl;
  note.title = "changed";
  session.get<Note>(1);
  std::cout << note.title << std::endl;
  session.query<Note>().options(declorm::undefer_group("large")).all();
  std::cout << note.text << std::endl;
  // CHECK: > SELECT notes.id, notes.title FROM notes WHERE notes.id = ? -- 1
  // CHECK-NEXT: ?
  // CHECK-NEXT: > SELECT notes.id, notes.title FROM notes WHERE notes.id = ? -- 1
  // CHECK-NEXT: a
  // CHECK-NEXT: > SELECT notes.id, notes.title, notes.text FROM notes --
  // CHECK-NEXT: long

  Wide &wide = *session.get<Wide>(1);
  session.load(wide, &Wide::c30);
  std::cout << wide.c30 << wide.c31 << session.is_loaded(wide, &Wide::c30)
            << session.is_loaded(wide, &Wide::c31) << std::endl;
  session.load(wide, &Wide::c31);
  std::cout << wide.c0 << wide.c31 << wide.c32 << session.is_loaded(wide, &Wide::c32) << std::endl;
  // CHECK-NEXT: > SELECT wide.id FROM wide WHERE wide.id = ? -- 1
  // CHECK-NEXT: > SELECT wide.id, wide.c30 FROM wide WHERE wide.id IN (?) -- 1
  // CHECK-NEXT: 30010
  // CHECK-NEXT: > SELECT wide.id, wide.c31, wide.c32 FROM wide WHERE wide.id IN (?) -- 1
  // CHECK-NEXT: 031321
}
