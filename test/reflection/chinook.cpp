// A real database: its tables, and the same tables again from what was reflected.
// REQUIRES: shared-data
// RUN: rm -rf %t.d && mkdir %t.d && %declorm_clang %s %link_declorm -o %t.d/program
// RUN: cp %shared/data/chinook/Chinook_Sqlite.sqlite %t.d/chinook.db
// RUN: cd %t.d && ./program | FileCheck %s --match-full-lines
#include "../Inputs/database.h"
#include "Inputs/rows.h"
#include <declorm/difference.h>
#include <declorm/engine.h>
#include <iostream>

using namespace declorm;

int main() {
  const Engine engine = create_engine("sqlite:///chinook.db");
  MetaData metadata;
  metadata.reflect(engine);
  for (const Table *table : metadata.sorted_tables()) {
    const std::string sql = "SELECT count(*) FROM " + engine.dialect().quote(table->name());
    std::cout << table->name() << ": " << table->columns().size() << " columns, "
              << table->foreign_keys().size() << " foreign keys, " << table->indexes().size()
              << " indexes, " << engine.connect().execute(sql).scalar().as<int>() << " rows\n";
  }
  std::cout << create_sql(metadata.table("Track"), engine.dialect()) << '\n';
  std::cout << metadata.compare(engine).size() << " differences\n";
  const Engine again = create_engine(test::database_url());
  metadata.create_all(again);
  std::cout << (test::rows(engine) == test::rows(again) ? "the same" : "other") << " again\n";
  std::cout << metadata.compare(again).size() << " differences\n";
}

// The output:
// CHECK: Artist: 2 columns, 0 foreign keys, 0 indexes, 275 rows
// CHECK-NEXT: Album: 3 columns, 1 foreign keys, 1 indexes, 347 rows
// CHECK-NEXT: Employee: 15 columns, 1 foreign keys, 1 indexes, 8 rows
// CHECK-NEXT: Customer: 13 columns, 1 foreign keys, 1 indexes, 59 rows
// CHECK-NEXT: Genre: 2 columns, 0 foreign keys, 0 indexes, 25 rows
// CHECK-NEXT: Invoice: 9 columns, 1 foreign keys, 1 indexes, 412 rows
// CHECK-NEXT: MediaType: 2 columns, 0 foreign keys, 0 indexes, 5 rows
// CHECK-NEXT: Playlist: 2 columns, 0 foreign keys, 0 indexes, 18 rows
// CHECK-NEXT: Track: 9 columns, 3 foreign keys, 3 indexes, 3503 rows
// CHECK-NEXT: InvoiceLine: 5 columns, 2 foreign keys, 2 indexes, 2240 rows
// CHECK-NEXT: PlaylistTrack: 2 columns, 2 foreign keys, 2 indexes, 8715 rows
// CHECK-NEXT: CREATE TABLE "Track" (
// CHECK-NEXT: 	"TrackId" INTEGER NOT NULL,
// CHECK-NEXT: 	"Name" NVARCHAR(200) NOT NULL,
// CHECK-NEXT: 	"AlbumId" INTEGER,
// CHECK-NEXT: 	"MediaTypeId" INTEGER NOT NULL,
// CHECK-NEXT: 	"GenreId" INTEGER,
// CHECK-NEXT: 	"Composer" NVARCHAR(220),
// CHECK-NEXT: 	"Milliseconds" INTEGER NOT NULL,
// CHECK-NEXT: 	"Bytes" INTEGER,
// CHECK-NEXT: 	"UnitPrice" NUMERIC(10, 2) NOT NULL,
// CHECK-NEXT: 	CONSTRAINT "PK_Track" PRIMARY KEY ("TrackId"),
// CHECK-NEXT: 	FOREIGN KEY("AlbumId") REFERENCES "Album" ("AlbumId"),
// CHECK-NEXT: 	FOREIGN KEY("GenreId") REFERENCES "Genre" ("GenreId"),
// CHECK-NEXT: 	FOREIGN KEY("MediaTypeId") REFERENCES "MediaType" ("MediaTypeId")
// CHECK-NEXT: )
// CHECK-NEXT: 0 differences
// CHECK-NEXT: the same again
// CHECK-NEXT: 0 differences
