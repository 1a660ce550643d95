// S39: tables that were reflected elsewhere, passed to classes: by a function that finds them in
// the MetaData, by name, and by a call. S41: under other names than their columns.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "Inputs/traced.h"
#include <declorm/imperative.h>

using declorm::Column, declorm::MetaData, declorm::Table;

static declorm::Engine &database() {
  static declorm::Engine engine = test::traced_engine();
  return engine;
}
/// Reads all tables of the database, once.
Table &reflected(MetaData &metadata, const char *name) {
  if (!metadata.find_table(name))
    metadata.reflect(database());
  return metadata.table(name);
}
Table &find_rooms(MetaData &metadata) { return reflected(metadata, "rooms"); }

struct [[declorm::table_from(&find_rooms)]] Room {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column("room_name")]] std::string title; // S41
};
struct [[declorm::table_from("guests")]] Guest {
  [[declorm::column("no")]] std::int64_t number = 0;
  [[declorm::column]] std::optional<std::int64_t> room_id;
  [[declorm::relationship]] Room *room = nullptr;
};
struct Bill {
  std::int64_t id = 0;
  std::optional<std::int64_t> guest_number;
  Guest *guest = nullptr;
};

int main() {
  database().begin([](declorm::Connection &connection) {
    const std::string key = test::counted_key();
    connection.execute("CREATE TABLE rooms (id " + key + ", room_name VARCHAR(20) NOT NULL)");
    connection.execute("CREATE TABLE guests (no " + key +
                       ", room_id INTEGER REFERENCES rooms (id))");
    connection.execute("CREATE TABLE bills (id " + key + ", guest INTEGER REFERENCES guests (no))");
  });
  Table &bills = declorm::metadata().table("bills");
  declorm::registry().map_imperatively<Bill>(bills, declorm::field<&Bill::id>("id"),
                                             declorm::field<&Bill::guest_number>("guest"),
                                             declorm::relationship<&Bill::guest>());
  test::tracing = true;
  declorm::Session session(database());
  Room &room = session.emplace<Room>();
  room.title = "blue";
  Guest &guest = session.emplace<Guest>();
  guest.room = &room;
  session.emplace<Bill>().guest = &guest;
  // CHECK: > INSERT INTO rooms (room_name) VALUES (?) -- 'blue'
  // CHECK-NEXT: > INSERT INTO guests (room_id) VALUES (?) -- 1
  // CHECK-NEXT: > INSERT INTO bills (guest) VALUES (?) -- 1
  session.commit();
  // CHECK-NEXT: > SELECT {{.*}} FROM bills JOIN guests ON bills.guest = guests.no JOIN rooms ON guests.room_id = rooms.id WHERE rooms.room_name = ? LIMIT ? -- 'blue' 2
  // CHECK: 1
  std::cout << session.query<Bill>()
                   .join<&Bill::guest>()
                   .join<&Guest::room>()
                   .filter(declorm::col<&Room::title> == "blue")
                   .one()
                   .id
            << std::endl;
}
