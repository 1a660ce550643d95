// Objects whose rows the database refuses because of a relationship: the error names the object,
// its foreign key, the relationship it fell out of or never was in, and what to do.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
#include "../Inputs/traced.h"

struct Player;
struct [[declorm::table("teams")]] Team {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: relationship, back_populates("team")]] std::vector<Player *> players;
};
struct [[declorm::table("players")]] Player {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("teams.id")]] std::int64_t team_id = 0;
  [[declorm::relationship]] Team *team = nullptr;
};
// The key may be empty in the object, and must not be in the row; orphans are deleted.
struct Page;
struct [[declorm::table("books")]] Book {
  [[using declorm: column, primary_key]] std::string isbn;
  [[using declorm: relationship, back_populates("book_"), cascade("all, delete-orphan")]]
  std::vector<std::shared_ptr<Page>> pages;
};
class [[declorm::table("pages")]] Page {
public:
  explicit Page(int no = 0) : no_(no) {}
  void move(Book *book) { book_ = book; }

private:
  [[using declorm: column, primary_key]] int no_;
  [[using declorm: column, foreign_key("books.isbn"), nullable(false),
    allow("nullability-mismatch")]]
  std::optional<std::string> isbn_;
  [[using declorm: relationship("Book")]] Book *book_ = nullptr;

public:
  [[using declorm: relationship, back_populates("page")]] std::vector<class Mark *> marks;
};
// One-to-one, and only the parent has a member.
struct [[declorm::table("locks")]] Lock {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("doors.id"), nullable(false), allow("nullability-mismatch")]]
  std::optional<int> door_id;
};
struct [[declorm::table("doors")]] Door {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::relationship]] Lock *lock = nullptr;
};
// A key of two columns, in a table of a subclass.
struct Seat;
struct [[declorm::table("rooms")]] Room {
  [[using declorm: column, primary_key]] std::string house;
  [[using declorm: column, primary_key]] int no = 0;
  [[using declorm: relationship, back_populates("room")]] std::vector<Seat *> seats;
};
struct [[using declorm: table("things"), polymorphic_on("type"), polymorphic_identity("t")]] Thing {
  [[using declorm: column, primary_key]] int id = 0;
  [[declorm::column]] std::string type;
};
struct [[using declorm: table("seats"), polymorphic_identity("s"),
         foreign_key_constraint({"house", "room_no"}, {"rooms.house", "rooms.no"})]] Seat : Thing {
  [[declorm::column]] std::string house;
  [[declorm::column]] int room_no = 0;
  [[declorm::relationship]] Room *room = nullptr;
};
struct [[declorm::table("rights")]] Right {
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[declorm::table("lefts")]] Left {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("rights.id")]] int right_id = 0;
  [[using declorm: relationship, post_update]] Right *right = nullptr;
};
struct [[declorm::table("stadiums")]] Stadium {
  [[using declorm: column, primary_key]] int id = 0;
};
struct [[declorm::table("tickets")]] Ticket {
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("teams.id")]] std::optional<int> team_id;
  [[using declorm: column, foreign_key("stadiums.id")]] std::optional<int> stadium;
  [[declorm::relationship]] Team *team = nullptr;
};
class [[declorm::table("marks")]] Mark {
public:
  [[using declorm: column, primary_key]] int id = 0;
  [[using declorm: column, foreign_key("pages.no_"), nullable(false),
    allow("nullability-mismatch")]]
  std::optional<int> page_no;
  [[declorm::relationship]] Page *page = nullptr;
};

/// Flushes what must fail, and rolls back.
static void fail(declorm::Session &s) {
  test::attempt([&] { s.flush(); });
  s.rollback();
  test::continue_keys(s.connection());
}

static void never_had_one(const declorm::Engine &engine) {
  declorm::Session s(engine);
  // CHECK: IntegrityError: a new Player ('pele') cannot be inserted: it has no Team: 'Player.team' is null and it is in no 'Team.players', and 'Player.team_id' is 0. Set 'Player.team', or put it into 'Team.players' of its Team, before the flush; if there may be none, its foreign key is a std::optional
  // CHECK-NEXT: FOREIGN KEY constraint failed
  // CHECK-NEXT: [SQL: INSERT INTO players (name, team_id)
  // CHECK-NEXT: VALUES (?, ?)]
  // CHECK-NEXT: [parameters: ('pele', 0)]
  Player &pele = s.add(Player{.name = "pele"});
  test::attempt([&] { s.flush(); });
  // CHECK-NEXT: 1 0
  std::cout << s.contains(pele) << ' ' << pele.id << std::endl;
  s.rollback();
  // CHECK-NEXT: IntegrityError: a new Player cannot be inserted: 'Player.team_id' is 7, by 'Player.team', and this session holds no Team with that key. Set it to the key of a row that is there
  s.add(Player{.team_id = 7});
  fail(s);
  // CHECK: IntegrityError: a new Page with key (1) cannot be inserted: it has no Book: 'Page.book_' is null and it is in no 'Book.pages', and 'Page.isbn_' is NULL. Set 'Page.book_', or put it into 'Book.pages' of its Book, before the flush
  // CHECK-NEXT: NOT NULL constraint failed
  s.emplace<Page>(1);
  fail(s);
  // CHECK: IntegrityError: a new Lock cannot be inserted: it has no Door: it is in no 'Door.lock', and 'Lock.door_id' is NULL. Put it into 'Door.lock' of its Door, before the flush
  s.emplace<Lock>();
  fail(s);
  // CHECK: IntegrityError: a new Seat cannot be inserted: it has no Room: 'Seat.room' is null and it is in no 'Room.seats', and ('Seat.house', 'Seat.room_no') are ('', 0). Set 'Seat.room', {{.*}}
  // CHECK-NEXT: FOREIGN KEY constraint failed
  s.emplace<Seat>();
  fail(s);
  // CHECK: IntegrityError: a new Left cannot be inserted: the Right with key (1), its parent by 'Left.right', gives its key behind the row, by post_update, and 'Left.right_id' is 0. A foreign key that waits holds NULL: make it a std::optional
  s.add(Left{.right = &s.emplace<Right>()});
  fail(s);
  // Keys that were set: which of them it was the database does not say.
  // CHECK: IntegrityError: a new Ticket cannot be inserted: 'Ticket.team_id' is 3, by 'Ticket.team', and this session holds no Team with that key; or stadium refers to stadiums.id. Set it to the key of a row that is there
  s.add(Ticket{.team_id = 3, .stadium = 4});
  fail(s);
  // CHECK: IntegrityError: FOREIGN KEY constraint failed
  s.add(Ticket{.stadium = 4});
  fail(s);
  // Nothing is known of a key that no relationship keeps, and of another violated constraint.
  // CHECK: IntegrityError: UNIQUE constraint failed
  s.execute("INSERT INTO books VALUES ('1')");
  s.add(Book{.isbn = "1"});
  fail(s);
}

static void fell_out(const declorm::Engine &engine) {
  declorm::Session s(engine);
  Book &book = s.add(Book{.isbn = "1-2"});
  auto page = std::make_shared<Page>(1);
  book.pages = {page, std::make_shared<Page>(2)};
  Mark &mark = s.emplace<Mark>();
  mark.page = page.get();
  Door &door = s.emplace<Door>();
  door.lock = &s.emplace<Lock>();
  Team &team = s.emplace<Team>();
  Player &player = s.emplace<Player>();
  player.team = &team;
  s.commit();

  // CHECK: IntegrityError: the Mark with key (1) cannot be updated: it was taken out of 'Page.marks' of the Page with key (1), and 'Mark.page_no' is NULL. Give it another parent, or delete_() it; cascade("all, delete-orphan") on 'Page.marks' does that by itself
  // CHECK-NEXT: NOT NULL constraint failed
  s.load(*page, &Page::marks);
  page->marks.clear();
  fail(s);
  // CHECK: IntegrityError: the Mark with key (1) cannot be updated: it was taken out of 'Page.marks' of the Page with key (1), {{.*}}
  mark.page = nullptr;
  fail(s);
  // Its parent is an orphan itself, and goes in the same flush.
  // CHECK: IntegrityError: the Mark with key (1) cannot be updated: the Page with key (1), its parent by 'Mark.page', is deleted, and 'Mark.page_no' is NULL. Give it another parent, or delete_() it; {{.*}}
  book.pages.erase(book.pages.begin());
  fail(s);
  // CHECK: IntegrityError: the Lock with key (1) cannot be updated: 'Door.lock' of the Door with key (1) is a new Lock now, and 'Lock.door_id' is NULL. Give it another parent, or delete_() it; cascade("all, delete-orphan") on 'Door.lock' does that by itself
  door.lock = &s.emplace<Lock>();
  fail(s);
  // CHECK: IntegrityError: the Lock with key (1) cannot be updated: the Door with key (1), its parent by 'Door.lock', is deleted, {{.*}}
  s.delete_(door);
  fail(s);
  // A plain key holds no NULL: nothing is written.
  // CHECK: FlushError: the Player with key (1) has no parent any more by 'Player.team', and its foreign key 'team_id' holds no NULL; {{.*}}
  player.team = nullptr;
  fail(s);

  // A key that is set to nobody's, and one that others refer to.
  // CHECK-NEXT: IntegrityError: the Player with key (1) cannot be updated: 'Player.team_id' is 99, by 'Player.team', and this session holds no Team with that key. Set it to the key of a row that is there
  player.team_id = 99;
  fail(s);
  // CHECK: IntegrityError: the Team with key (1) cannot be updated: its key was changed, and the Player with key (1) refers to it by 'Player.team'. A foreign key that has on_update("CASCADE") follows
  team.id = 50;
  fail(s);

  // A new object, of a parent that the same flush deletes.
  // CHECK: IntegrityError: the Team with key (2) cannot be deleted: the Player with key (2) refers to it by 'Player.team'. delete_() what refers to it too, or give it another parent
  // CHECK-NEXT: FOREIGN KEY constraint failed
  Team &empty = s.emplace<Team>();
  s.flush();
  s.add(Player{.team_id = empty.id});
  s.delete_(empty);
  fail(s);
  // CHECK: IntegrityError: a new Player cannot be inserted: 'Player.team_id' is 1, by 'Player.team' that of the Team with key (1), whose row may be gone. Set it to the key of a row that is there
  s.execute("DELETE FROM players");
  s.execute("DELETE FROM teams");
  s.add(Player{.team = &team});
  fail(s);
  // CHECK: IntegrityError: a new Book ('1-2') cannot be inserted: its key is ('1-2'), and this session holds the Book with key ('1-2') besides. Change that one, which get() finds, or merge() into it
  s.get<Book>("1-2");
  s.add(Book{.isbn = "1-2"});
  fail(s);
}

int main() {
  const declorm::Engine engine = test::open_database();
  declorm::metadata().create_all(engine);
  never_had_one(engine);
  fell_out(engine);
}
