// MetaData::reflect: all tables, some of them, those that they refer to, views; with the statements.
// RUN: %declorm_clang %s %link_declorm -o %t && %t | FileCheck %s --match-full-lines
#include "../../Inputs/attempt.h"
#include "../../Inputs/database.h"
#include <declorm/engine.h>
#include <declorm/schema.h>

using namespace declorm;

static void show(MetaData &metadata) {
  for (const Table *table : metadata.tables())
    std::cout << "  " << table->full_name() << (table->is_view() ? " (view)" : "") << '\n';
}

int main() {
  bool echo = false;
  const Engine engine =
      create_engine(test::database_url(), {.on_statement = [&](const StatementEvent &event) {
                      if (!echo)
                        return;
                      std::string_view what = event.sql.substr(event.sql.find(" FROM ") + 6);
                      if (const std::size_t pragma = what.find("pragma_"); pragma != what.npos)
                        what.remove_prefix(pragma);
                      std::cout << "  reads " << what.substr(0, what.find_first_of(" ("));
                      for (const std::string &param : event.params)
                        std::cout << ' ' << param;
                      std::cout << '\n';
                    }});
  engine.begin([](Connection &c) {
    c.execute("CREATE TABLE artist (id INTEGER PRIMARY KEY, name NVARCHAR(120))");
    c.execute("CREATE TABLE album (id INTEGER PRIMARY KEY, title VARCHAR(160) NOT NULL, "
              "artist_id INT REFERENCES ARTIST, UNIQUE (title, artist_id))");
    c.execute("CREATE TABLE track (id INTEGER PRIMARY KEY, album_id INTEGER REFERENCES album(ID) "
              "ON DELETE CASCADE, price NUMERIC(10,2) DEFAULT 0.99)");
    c.execute("CREATE INDEX ix_track_album ON track (album_id)");
    c.execute("CREATE TABLE other (a, b TEXT)");
    c.execute("CREATE VIEW titles AS SELECT title FROM album");
  });

  std::cout << "-- everything\n";
  MetaData all;
  echo = true;
  all.reflect(engine);
  echo = false;
  std::cout << create_all_sql(all, engine.dialect());

  std::cout << "-- again: nothing is new\n";
  echo = true;
  all.reflect(engine);
  echo = false;

  std::cout << "-- only track, and what it refers to\n";
  MetaData some;
  echo = true;
  some.reflect(engine, {.only = {"TRACK"}});
  echo = false;
  show(some);
  std::cout << "-- then another one: known tables are not read again\n";
  const Table *album = &some.table("album");
  echo = true;
  some.reflect(engine, {.only = {"other", "track"}});
  echo = false;
  show(some);
  std::cout << "-- the same tables: " << (album == &some.table("album")) << '\n';

  std::cout << "-- without what it refers to\n";
  MetaData alone;
  alone.reflect(engine, {.only = {"track"}, .resolve_foreign_keys = false});
  show(alone);
  test::attempt([&] { alone.sorted_tables(); });

  std::cout << "-- views\n";
  MetaData views;
  views.reflect(engine, {.views = true});
  show(views);
  MetaData one_view;
  one_view.reflect(engine, {.only = {"titles"}});
  show(one_view);
  const Column &title = one_view.table("titles").column("title");
  std::cout << "  " << title.name() << ' ' << title.type().sql(engine.dialect()) << '\n';
  test::attempt([&] { create_sql(one_view.table("titles"), engine.dialect()); });

  std::cout << "-- a table that is not there: nothing is added\n";
  MetaData none;
  test::attempt([&] { none.reflect(engine, {.only = {"album", "trak", "nothing_like_it"}}); });
  show(none);
  test::attempt([&] { none.reflect(engine, {.schema = "man"}); });
  show(none);
}

// The output:
// CHECK: -- everything
// CHECK-NEXT:   reads pragma_table_list 'main' 'temp'
// CHECK-NEXT:   reads pragma_foreign_key_list 'main'
// CHECK-NEXT:   reads pragma_table_xinfo 'main'
// CHECK-NEXT:   reads pragma_index_list 'main' 'main'
// CHECK-NEXT:   reads main.sqlite_master
// CHECK-NEXT: CREATE TABLE artist (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	name NVARCHAR(120),
// CHECK-NEXT: 	PRIMARY KEY (id)
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE album (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	title VARCHAR(160) NOT NULL,
// CHECK-NEXT: 	artist_id INT,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	UNIQUE (title, artist_id),
// CHECK-NEXT: 	FOREIGN KEY(artist_id) REFERENCES artist (id)
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE other (
// CHECK-NEXT: 	a,
// CHECK-NEXT: 	b TEXT
// CHECK-NEXT: );
// CHECK-NEXT: CREATE TABLE track (
// CHECK-NEXT: 	id INTEGER NOT NULL,
// CHECK-NEXT: 	album_id INTEGER,
// CHECK-NEXT: 	price NUMERIC(10, 2) DEFAULT 0.99,
// CHECK-NEXT: 	PRIMARY KEY (id),
// CHECK-NEXT: 	FOREIGN KEY(album_id) REFERENCES album (id) ON DELETE CASCADE
// CHECK-NEXT: );
// CHECK-NEXT: CREATE INDEX ix_track_album ON track (album_id);
// CHECK-NEXT: -- again: nothing is new
// CHECK-NEXT:   reads pragma_table_list 'main' 'temp'
// CHECK-NEXT: -- only track, and what it refers to
// CHECK-NEXT:   reads pragma_table_list 'main' 'temp'
// CHECK-NEXT:   reads pragma_foreign_key_list 'main'
// CHECK-NEXT:   reads pragma_table_xinfo 'main' 'album' 'artist' 'track'
// CHECK-NEXT:   reads pragma_index_list 'main' 'main' 'album' 'artist' 'track'
// CHECK-NEXT:   reads main.sqlite_master 'album' 'artist' 'track'
// CHECK-NEXT:   album
// CHECK-NEXT:   artist
// CHECK-NEXT:   track
// CHECK-NEXT: -- then another one: known tables are not read again
// CHECK-NEXT:   reads pragma_table_list 'main' 'temp'
// CHECK-NEXT:   reads pragma_foreign_key_list 'main'
// CHECK-NEXT:   reads pragma_table_xinfo 'main' 'other'
// CHECK-NEXT:   reads pragma_index_list 'main' 'main' 'other'
// CHECK-NEXT:   reads main.sqlite_master 'other'
// CHECK-NEXT:   album
// CHECK-NEXT:   artist
// CHECK-NEXT:   track
// CHECK-NEXT:   other
// CHECK-NEXT: -- the same tables: 1
// CHECK-NEXT: -- without what it refers to
// CHECK-NEXT:   track
// CHECK-NEXT: NoReferencedTableError: the foreign key of track.album_id refers to 'album.id', and there is no table 'album'; there is track
// CHECK-NEXT: -- views
// CHECK-NEXT:   album
// CHECK-NEXT:   artist
// CHECK-NEXT:   other
// CHECK-NEXT:   titles (view)
// CHECK-NEXT:   track
// CHECK-NEXT:   titles (view)
// CHECK-NEXT:   title VARCHAR(160)
// CHECK-NEXT: ArgumentError: titles is a view, and CREATE TABLE makes none
// CHECK-NEXT: -- a table that is not there: nothing is added
// CHECK-NEXT: NoSuchTableError: there is no table 'trak' in sqlite://; did you mean 'track'?
// CHECK-NEXT: there is no table 'nothing_like_it' in sqlite://; there is album, artist, other, titles, track
// CHECK-NEXT: ArgumentError: the database has no schema 'man' (databases are attached with ATTACH, in on_connect); did you mean 'main'?
