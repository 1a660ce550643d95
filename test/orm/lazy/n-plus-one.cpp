// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// EngineOptions::warn_n_plus_one tells of relationships that are loaded one by one: by touches and
// by session.load(), once for each query, with its place.
#include "../../Inputs/database.h"
#include <declorm/declorm.h>

#include <iostream>

struct Book;
struct [[declorm::table("authors")]] Author {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, back_populates("author")]] declorm::lazy_list<Book> books;
};
struct [[declorm::table("books")]] Book {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("authors.id")]] std::optional<std::int64_t> author_id{};
  [[declorm::relationship]] declorm::lazy<Author> author;
  [[using declorm: relationship, back_populates("book")]] std::vector<struct Page *> pages;
};
struct [[declorm::table("pages")]] Page {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("books.id")]] std::optional<std::int64_t> book_id{};
  [[declorm::relationship]] Book *book = nullptr;
};

static void read_all(const declorm::Engine &engine) {
  declorm::Session session(engine);
  std::size_t books = 0;
  for (Author &author : session.query<Author>())
    books += author.books.size();
  // CHECK: Author.books [[#@LINE-2]] 5 N+1: 'Author.books' was loaded by a SELECT of its own for each of 5 objects of the query at n-plus-one.cpp:[[#@LINE-2]]; selectinload or joinedload in the options of a query loads it for all of them at once
  for (Author *author : session.query<Author>().all()) // they are loaded by now
    books += author->books.size();
  session.expunge_all();
  for (Book *book : session.query<Book>().all())
    session.load(*book, &Book::pages);
  // CHECK-NEXT: Book.pages [[#@LINE-2]] 5 N+1: {{.*}}
  session.expunge_all();
  for (Book *book : session.query<Book>().all())
    books += std::size_t(book->author->id);
  // CHECK-NEXT: Book.author [[#@LINE-2]] 5 N+1: {{.*}}
  session.expunge_all();
  for (Author &author : session.query<Author>().options(declorm::selectinload<&Author::books>()))
    books += author.books.size();
  for (std::int64_t id = 1; id != 7; ++id)
    session.load(*session.get<Book>(id), &Book::pages);
  // CHECK-NEXT: Book.pages [[#@LINE-4]] 5 N+1: {{.*}}
  std::cout << books << std::endl; // CHECK-NEXT: 39
}

int main() {
  declorm::EngineOptions options;
  options.warn_n_plus_one = 4;
  options.on_n_plus_one = [](const declorm::NPlusOneEvent &event) {
    std::cout << event.relationship << ' ' << event.query.line() << ' ' << event.loads << ' '
              << event.text << std::endl;
  };
  const declorm::Engine engine = test::open_database(options);
  declorm::metadata().create_all(engine);
  {
    declorm::Session session(engine);
    for (int i = 0; i != 6; ++i)
      session.add(Book{.author = &session.emplace<Author>()});
    session.commit();
  }
  read_all(engine);
}
