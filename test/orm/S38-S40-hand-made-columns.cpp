// S38, S40: the columns of a Table made by hand have names; a member that stands for none of them
// is an error; such a Table's columns join a relationship, by its own keys or by a string.
// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// RUN: %declorm_clang -DEXTRA %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines --check-prefix=EXTRA
#include "Inputs/traced.h"

using declorm::Column, declorm::MetaData, declorm::Table;

Table &make_authors(MetaData &metadata) {
  return metadata.add_table("authors", Column("id", declorm::Integer, declorm::primary_key),
                            Column("name", declorm::String, declorm::not_null),
                            Column("fullname", declorm::String));
}
Table &make_books(MetaData &metadata) {
  return metadata.add_table("books", Column("id", declorm::Integer, declorm::primary_key),
                            Column("author", declorm::Integer, declorm::ForeignKey("authors.id")),
                            Column("editor", declorm::Integer));
}

struct Book;
struct [[declorm::table_from(&make_authors)]] Author {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
#ifdef EXTRA
  [[declorm::column("fulname")]] std::optional<std::string> fullname; // no column of the Table
#endif
  [[using declorm: relationship, back_populates("author")]] std::vector<Book *> books;
  [[using declorm: relationship,
    primaryjoin("Author.id == foreign(books.editor)")]] std::vector<Book *> edited;
};
struct [[declorm::table_from(&make_books)]] Book {
  [[declorm::column]] std::int64_t id = 0;
  [[declorm::column("author")]] std::optional<std::int64_t> author_id;
  [[declorm::column("editor")]] std::optional<std::int64_t> editor_id;
  [[declorm::relationship]] Author *author = nullptr;
};

int main() {
#ifdef EXTRA
  // EXTRA: ArgumentError: class 'Author' ({{.*}}), member 'fullname': the table authors has no column 'fulname'; did you mean 'fullname'?
  test::attempt([] { declorm::metadata(); });
  return 0;
#else
  // CHECK: ArgumentError: a column of table notes has an empty name
  test::attempt([] {
    MetaData metadata;
    metadata.add_table("notes", Column("", declorm::Integer, declorm::primary_key));
  });
  declorm::Engine engine = test::traced_database();
  declorm::Session session(engine);
  Author &ed = session.add(Author{});
  ed.name = "ed";
  Author &ann = session.add(Author{});
  ann.name = "ann";
  Book &book = session.add(Book{});
  book.author = &ed;
  ann.edited.push_back(&book);
  // CHECK-NEXT: > INSERT INTO authors (name) VALUES (?) -- 'ed'
  // CHECK-NEXT: > INSERT INTO books (author, editor) VALUES (?, ?) -- 1 2
  session.commit();
  session.expunge_all();
  // CHECK-NEXT: > SELECT {{.*}} FROM authors JOIN books ON authors.id = books.author LIMIT ? -- 2
  // CHECK-NEXT: > SELECT {{.*}} FROM authors JOIN books ON authors.id = books.editor LIMIT ? -- 2
  // CHECK-NEXT: ed ann
  const std::string author = session.query<Author>().join<&Author::books>().one().name;
  const std::string editor = session.query<Author>().join<&Author::edited>().one().name;
  std::cout << author << ' ' << editor << std::endl;
#endif
}
