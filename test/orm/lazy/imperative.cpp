// RUN: %declorm_clang %s %link_declorm -o %t && %database %t | FileCheck %s --match-full-lines
// Lazy members that a call maps, private ones, those of mixins and of classes below, and of objects
// behind smart pointers.
#include "../Inputs/traced.h"

#include <declorm/imperative.h>

using namespace declorm;

struct Leaf;
struct Tree {
  std::int64_t id = 0;
  lazy_list<Leaf> leaves;
};
struct Leaf {
  std::int64_t id = 0;
  std::optional<std::int64_t> tree_id;
  lazy<Tree> tree;
};

class [[declorm::table("accounts")]] Account {
public:
  explicit Account(std::string name) : name_(std::move(name)) {}
  const Account *parent() const { return parent_.get(); }
  void put_below(Account &parent) { parent_ = &parent; }
  std::size_t children() const { return children_.size(); }
  const std::string &name() const { return name_; }

private:
  Account() = default;
  [[using declorm: column, primary_key]] std::int64_t id_ = 0;
  [[declorm::column]] std::string name_;
  [[using declorm: column, foreign_key("accounts.id_")]] std::optional<std::int64_t> parent_id_;
  [[using declorm: relationship, remote_side("Account.id_"), back_populates("children_")]]
  lazy<Account> parent_;
  [[declorm::relationship]] lazy_list<Account> children_;
};

struct Document;
struct Signed { // a mixin
  [[using declorm: column, foreign_key("accounts.id_")]] std::optional<std::int64_t> signer_id{};
  [[declorm::relationship]] lazy<Account> signer;
};
struct Padding {
  std::int64_t nothing[3] = {};
  virtual ~Padding() = default;
};
struct [[using declorm: table("documents"), polymorphic_on("kind"),
         polymorphic_identity("document")]] Document : Padding,
                                                       Signed {
  [[using declorm: column, primary_key]] std::int64_t id = 0;
  [[declorm::column]] std::string kind;
};
struct [[using declorm: table("letters"), polymorphic_identity("letter")]] Letter : Document {
  [[using declorm: column, foreign_key("accounts.id_")]] std::optional<std::int64_t> to_id{};
  [[using declorm: relationship, primaryjoin("Letter.to_id == Account.id_")]] lazy<Account> to;
};

int main() {
  Table &trees = metadata().add_table("trees", Column("id", Integer, primary_key));
  Table &leaves = metadata().add_table("leaves", Column("id", Integer, primary_key),
                                       Column("tree_id", Integer, ForeignKey("trees.id")));
  registry().map_imperatively<Tree>(trees, field<&Tree::id>("id"),
                                    relationship<&Tree::leaves>(order_by("Leaf.id")));
  registry().map_imperatively<Leaf>(leaves, field<&Leaf::id>("id"),
                                    field<&Leaf::tree_id>("tree_id"));
  mapper_of<Leaf>().add_relationship<&Leaf::tree>(back_populates("leaves"));

  const Engine engine = test::open_database();
  metadata().create_all(engine);
  Session session(engine);
  Tree &tree = session.emplace<Tree>();
  tree.leaves = {&session.emplace<Leaf>(), &session.emplace<Leaf>()};
  Account &top = session.emplace<Account>("top");
  session.add(Account("middle")).put_below(top);
  Letter &letter = session.emplace<Letter>();
  letter.signer = letter.to = &top;
  session.commit();
  session.expunge_all();

  const Leaf &leaf = *session.get<Leaf>(1);
  std::cout << leaf.tree->leaves.size() << leaf.tree->leaves.contains(&leaf) << std::endl;
  // CHECK: 21
  Account *middle = session.query<Account>().filter(attr<Account>("name_") == "middle").first();
  std::cout << middle->name() << ' ' << middle->parent()->name() << ' '
            << middle->parent()->children() << std::endl; // CHECK-NEXT: middle top 1
  for (Document &document : session.query<Document>())
    std::cout << document.signer->name() << ' ' << session.as<Letter>(document)->to->name()
              << std::endl; // CHECK-NEXT: top top
}
