// A flush fails, or its connection is lost, at each of its questions to the database in turn:
// objects and keys are as before, the database is, and after rollback() the work is done once more.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../Inputs/attempt.h"
#include <declorm/declorm.h>
#include <sstream>

struct Song;
struct [[declorm::table("bands")]] Band {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, unique]] std::string name;
  [[using declorm: relationship, back_populates("band")]] std::vector<Song *> songs;
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string word;
};
struct [[declorm::table("songs")]] Song {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string title;
  [[using declorm: column, foreign_key("bands.id")]] std::optional<std::int64_t> band_id{};
  [[using declorm: relationship, back_populates("songs")]] Band *band = nullptr;
  [[using declorm: relationship, secondary("song_tags")]] std::vector<Tag *> tags;
};
struct [[using declorm: table("people"), polymorphic_identity("person")]] Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, polymorphic_on]] std::string kind;
  [[declorm::column]] std::string name;
};
struct [[using declorm: table("singers"), polymorphic_identity("singer")]] Singer : Person {
  [[declorm::column]] std::string range;
};

static std::string rows(declorm::Connection &connection) {
  std::ostringstream out;
  for (const char *table : {"bands", "tags", "songs", "song_tags", "people", "singers"}) {
    out << table;
    for (const declorm::Row &row :
         connection.execute("SELECT * FROM " + std::string(table) + " ORDER BY 1, 2")) {
      out << " (";
      for (const declorm::Value &value : row.values())
        out << value.to_string() << ' ';
      out << ')';
    }
    out << '\n';
  }
  return out.str();
}
static std::string rows(const declorm::Engine &engine) {
  declorm::Connection connection = engine.connect();
  return rows(connection);
}

// What there was before, and what the flush does: inserts with keys that the database makes and
// that others need, updates, deletes, rows in between, and classes in two tables.
struct Work {
  declorm::Session session;
  Band &old_band, &sold_band;
  Song &moved, &deleted;
  Singer &raised, &gone;
  Tag &kept_tag;
  std::optional<declorm::Transaction> savepoint;
  Band &new_band;
  Song &new_song, &second_song;
  Tag &new_tag;
  Singer &new_singer;

  static Band &band(declorm::Session &s, const char *name) {
    return s.query<Band>().where(declorm::col<&Band::name> == name).one();
  }
  static Song &song(declorm::Session &s, const char *title) {
    Song &song = s.query<Song>().where(declorm::col<&Song::title> == title).one();
    s.load(song, &Song::tags);
    return song;
  }

  explicit Work(const declorm::Engine &engine, bool nested = false)
      : session(engine), old_band(band(session, "old")), sold_band(band(session, "sold")),
        moved(song(session, "moved")), deleted(song(session, "deleted")),
        raised(*session.get<Singer>(1)), gone(*session.get<Singer>(2)),
        kept_tag(*session.get<Tag>(1)),
        savepoint(nested ? std::optional(session.begin_nested()) : std::nullopt),
        new_band(session.add(Band{.name = "new"})), new_song(session.add(Song{.title = "new one"})),
        second_song(session.add(Song{.title = "second"})),
        new_tag(session.add(Tag{.word = "loud"})), new_singer(session.emplace<Singer>()) {
    change();
  }
  // Also once more, after the rollback.
  void change() {
    new_singer.name = "Nina";
    new_singer.range = "alto";
    old_band.name = "older";
    new_song.band = &new_band;
    second_song.band = &old_band;
    new_song.tags = {&new_tag, &kept_tag};
    moved.band = &new_band;
    moved.tags = {&new_tag};
    raised.name = "Rita";
    raised.range = "soprano";
    session.delete_(deleted);
    session.delete_(gone);
    session.delete_(sold_band);
  }
  void add_again() {
    session.add(new_band);
    session.add(new_song);
    session.add(second_song);
    session.add(new_tag);
    session.add(new_singer);
    change();
  }
  std::string objects() const {
    std::ostringstream out;
    for (const Band *each : {&old_band, &sold_band, &new_band}) {
      out << each->id << ' ' << each->name << ' ' << session.contains(*each) << " songs";
      for (const Song *song : each->songs)
        out << ' ' << song->title;
      out << '\n';
    }
    for (const Song *each : {&moved, &deleted, &new_song, &second_song}) {
      out << each->id << ' ' << each->title << ' ' << session.contains(*each) << ' '
          << each->band_id.value_or(-1) << ' ' << (each->band ? each->band->name : "none")
          << " tags";
      for (const Tag *tag : each->tags)
        out << ' ' << tag->word;
      out << '\n';
    }
    for (const Singer *each : {&raised, &gone, &new_singer})
      out << each->id << ' ' << each->kind << ' ' << each->name << ' ' << each->range << ' '
          << session.contains(*each) << '\n';
    out << kept_tag.id << ' ' << new_tag.id << ' ' << session.contains(new_tag) << '\n';
    return out.str();
  }
};

static void fill(const declorm::Engine &engine) {
  declorm::metadata().create_all(engine);
  declorm::Session session(engine);
  Band &old_band = session.add(Band{.name = "old"});
  session.add(Band{.name = "sold"});
  Tag &tag = session.add(Tag{.word = "slow"});
  for (const char *title : {"moved", "deleted"}) {
    Song &song = session.add(Song{.title = title});
    song.band = &old_band;
    song.tags = {&tag};
  }
  for (const char *name : {"Rob", "Gus"}) {
    Singer &singer = session.emplace<Singer>();
    singer.name = name;
    singer.range = "bass";
    session.flush(); // in this order
  }
  session.commit();
}

static int mismatches = 0;
static void expect(bool holds, const char *what, int question, const std::string &is,
                   const std::string &wanted) {
  if (holds)
    return;
  ++mismatches;
  std::cout << "question " << question << ": " << what << "\nis\n" << is << "wanted\n" << wanted;
}
static void expect_same(const char *what, int question, const std::string &is,
                        const std::string &wanted) {
  expect(is == wanted, what, question, is, wanted);
}

enum class In { transaction, savepoint };

// Whether the flush got as far as its failure. `how`: the function that asks for one.
static bool fail_at(int question, const std::string &how, In in, const std::string &done) {
  const declorm::Engine engine = declorm::create_engine("strict://", {.pool_size = 1});
  fill(engine);
  const std::string rows_before = rows(engine);
  const bool is_lost = how != "strict_fail_at";
  {
    Work work(engine, in == In::savepoint);
    const std::string before = work.objects();
    work.session.connection().execute("SELECT " + how + "(" + std::to_string(question) + ")");
    try {
      work.session.flush();
      return false;
    } catch (const declorm::ConnectionLostError &lost) {
      expect(is_lost, "the class of the error", question, lost.what(), how);
    } catch (const declorm::OperationalError &failed) {
      expect(!is_lost, "the class of the error", question, failed.what(), how);
    }
    expect_same("objects after the flush", question, work.objects(), before);
    try {
      work.session.query<Band>().all();
      expect(false, "a query goes on", question, "", "");
    } catch (const declorm::PendingRollbackError &) {
    }
    if (!is_lost && in == In::savepoint) { // all else goes on
      work.savepoint->rollback();
      expect_same("rows after rollback", question, rows(work.session.connection()), rows_before);
    } else {
      work.savepoint.reset(); // it keeps the connection in use
      expect_same("rows after the flush", question, rows(engine), rows_before);
      work.session.rollback();
    }
    work.add_again();
    work.session.commit();
  }
  expect_same("rows after doing it again", question, rows(engine), done);
  return true;
}

// All questions of a flush, one after the other.
static void fail_at_each(const char *how, In in) {
  const declorm::Engine engine = declorm::create_engine("strict://");
  fill(engine);
  Work(engine).session.commit();
  const std::string done = rows(engine);
  int question = 1;
  while (fail_at(question, how, in, done))
    ++question;
  std::cout << how << ": " << (question > 10 ? "many" : "few") << " questions, " << mismatches
            << " mismatches" << std::endl;
}

int main() {
  declorm::metadata().add_table("song_tags",
                                declorm::Column("song", declorm::Integer, declorm::primary_key,
                                                declorm::ForeignKey("songs.id")),
                                declorm::Column("tag", declorm::Integer, declorm::primary_key,
                                                declorm::ForeignKey("tags.id")));
  // CHECK: strict_fail_at: many questions, 0 mismatches
  fail_at_each("strict_fail_at", In::transaction);
  // CHECK-NEXT: strict_fail_at: many questions, 0 mismatches
  fail_at_each("strict_fail_at", In::savepoint);
  // CHECK-NEXT: strict_lose_at: many questions, 0 mismatches
  fail_at_each("strict_lose_at", In::transaction);
  // CHECK-NEXT: strict_lose_at: many questions, 0 mismatches
  fail_at_each("strict_lose_at", In::savepoint);
  // The question arrives, and the answer does not.
  // CHECK-NEXT: strict_lose_answer_at: many questions, 0 mismatches
  fail_at_each("strict_lose_answer_at", In::transaction);

  // At COMMIT nobody knows what became of it.
  for (const char *how : {"strict_lose_at", "strict_lose_answer_at"}) {
    const declorm::Engine engine = declorm::create_engine("strict://", {.pool_size = 1});
    declorm::metadata().create_all(engine);
    declorm::Session session(engine);
    Tag &tag = session.add(Tag{.word = "once"});
    session.flush();
    session.connection().execute("SELECT " + std::string(how) + "(1)");
    // CHECK-NEXT: CommitUnknownError: the connection to the database was lost while the transaction was committed, so it is not known whether it was; look in the database before you do it again. The error was: {{.*}}
    // CHECK: PendingRollbackError: the connection to the database was lost, and what this transaction wrote with it; call rollback() to go on. The error was: {{.*}}
    // CHECK: key 0, in the session 0, there 0
    // CHECK-NEXT: CommitUnknownError: {{.*}}
    // CHECK: PendingRollbackError: {{.*}}
    // CHECK: key 0, in the session 0, there 1
    test::attempt([&] { session.commit(); });
    test::attempt([&] { session.query<Tag>().all(); });
    session.rollback();
    std::cout << "key " << tag.id << ", in the session " << session.contains(tag) << ", there "
              << session.query<Tag>().count() << std::endl;
  }
}
