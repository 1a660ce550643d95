// A model with links of every form. The functions that use it are in the tests.
#pragma once
#include <declorm/declorm.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using declorm::Session, declorm::joinedload, declorm::selectinload;
using Key = std::optional<std::int64_t>;

struct Address;
struct Order;
struct Item;
struct Group;
struct Tag;

struct Person {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
};

struct [[declorm::table("users")]] User : Person {
  [[using declorm: relationship, back_populates("user")]] std::vector<Address *> addresses;
  [[using declorm: relationship, back_populates("user")]] std::vector<Order *> orders;
  [[using declorm: relationship, secondary("memberships"), back_populates("users"), viewonly]] std::vector<Group *> groups;
};
struct [[declorm::table("addresses")]] Address {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string email;
  [[using declorm: column, foreign_key("users.id")]] Key user_id;
  [[using declorm: relationship, back_populates("addresses")]] User *user = nullptr;
};
struct [[declorm::table("groups")]] Group {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, secondary("memberships"), back_populates("groups"), viewonly]] std::vector<User *> users;
};
struct [[declorm::table("memberships")]] Membership {
  [[using declorm: column, primary_key, foreign_key("users.id")]] std::int64_t user = 0;
  [[using declorm: column, primary_key, foreign_key("groups.id")]] std::int64_t group = 0;
};
struct [[using declorm: table("orders"), polymorphic_identity("order")]] Order {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, polymorphic_on]] std::string kind;
  [[using declorm: column, foreign_key("users.id")]] Key user_id;
  [[using declorm: relationship, back_populates("orders")]] User *user = nullptr;
  [[using declorm: relationship, back_populates("order")]] std::vector<Item *> items;
  [[using declorm: relationship, lazy("selectin")]] std::vector<Tag *> tags;
};
struct [[using declorm: mapped, polymorphic_identity("express")]] Express : Order {
  [[using declorm: column, foreign_key("addresses.id")]] Key target_id;
  [[declorm::relationship]] Address *target = nullptr;
};
struct [[declorm::table("items")]] Item {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("orders.id")]] Key order_id;
  [[using declorm: relationship, back_populates("items")]] Order *order = nullptr;
};
struct [[declorm::table("tags")]] Tag {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("orders.id")]] Key order_id;
};

/// A tree, and links that load themselves.
struct [[declorm::table("nodes")]] Node {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("nodes.id")]] Key parent_id;
  [[using declorm: relationship, back_populates("children"), remote_side("id")]] Node *parent = nullptr;
  [[using declorm: relationship, back_populates("parent")]] std::vector<Node *> children;
};
struct Book;
struct [[declorm::table("authors")]] Author {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: relationship, back_populates("author")]] declorm::lazy_list<Book> books;
};
struct Page;
struct [[declorm::table("books")]] Book {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("authors.id")]] Key author_id;
  [[using declorm: relationship, back_populates("books")]] declorm::lazy<Author> author;
  [[declorm::relationship]] std::vector<Page *> pages;
};
struct [[declorm::table("pages")]] Page {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("books.id")]] Key book_id;
};

struct [[declorm::table("fans")]] Fan {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[using declorm: column, foreign_key("authors.id")]] Key author_id;
  [[declorm::relationship]] Author *author = nullptr;
};

/// Private members with getters, shared pointers and a map.
struct Part;
class [[declorm::table("machines")]] Machine {
public:
  const std::vector<Part *> &parts() const { return parts_; }
  std::shared_ptr<Machine> spare() const { return spare_; }
  std::size_t part_count() const { return parts_.size() + 0; }
  [[using declorm: relationship, map_key("name")]] std::map<std::string, Part *> by_name;

private:
  [[using declorm: column, primary_key]] std::int64_t id_ = 0;
  [[using declorm: column, foreign_key("machines.id_")]] Key spare_id_;
  [[using declorm: relationship, remote_side("id_")]] std::shared_ptr<Machine> spare_;
  [[using declorm: relationship, viewonly]] std::vector<Part *> parts_;
};
struct [[declorm::table("parts")]] Part {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string name;
  [[using declorm: column, foreign_key("machines.id_")]] Key machine_id;
};
