// loading.h: which relationships a query loads with its objects.
#ifndef DECLORM_LOADING_H
#define DECLORM_LOADING_H

#include "declorm/operand.h"

#include <vector>

namespace declorm {

namespace detail {

/// A relationship member: the class it stands in and its offset there.
struct RelationshipRef {
  const TypeId *declaring;
  std::size_t offset;
};

template <auto Member> RelationshipRef relationship_ref() {
  return {&type_id<typename member_pointer<decltype(Member)>::owner>, offset_of(Member)};
}
template <class M, class C> RelationshipRef relationship_ref(M C::*member) {
  return {&type_id<C>, offset_of(member)};
}

enum class LoadWay : unsigned char { selectin, joined };

struct LoadStep {
  RelationshipRef member;
  LoadWay way;
};

} // namespace detail

/// A path of relationships to load with the objects of a query:
/// `options(selectinload<&User::orders>().joinedload<&Order::items>())`. SQLAlchemy's Load.
class LoadOption {
public:
  /// Makes an option of a whole path; selectinload() and joinedload() begin one.
  explicit LoadOption(std::vector<detail::LoadStep> path);
  LoadOption(const detail::RelationshipRef &member, detail::LoadWay way);
  LoadOption(const LoadOption &);
  LoadOption(LoadOption &&) noexcept;
  LoadOption &operator=(const LoadOption &);
  LoadOption &operator=(LoadOption &&) noexcept;
  ~LoadOption();
  /// Returns this path with one more relationship, which is loaded with the objects of the last
  /// one, by one more SELECT for all of them.
  template <auto Member> LoadOption selectinload() const {
    return with(detail::relationship_ref<Member>(), detail::LoadWay::selectin);
  }
  /// Returns this path with one more relationship, which is loaded with the objects of the last
  /// one, in the same SELECT by an outer join.
  template <auto Member> LoadOption joinedload() const {
    return with(detail::relationship_ref<Member>(), detail::LoadWay::joined);
  }
  const std::vector<detail::LoadStep> &path() const { return path_; }

private:
  LoadOption with(const detail::RelationshipRef &member, detail::LoadWay way) const;
  std::vector<detail::LoadStep> path_;
};

/// Loads the relationship by one more SELECT for all objects of the query. SQLAlchemy's
/// selectinload().
template <auto Member> LoadOption selectinload() {
  return LoadOption(detail::relationship_ref<Member>(), detail::LoadWay::selectin);
}
/// Loads the relationship in the query's own SELECT, by an outer join; best where it leads to one
/// object. SQLAlchemy's joinedload().
template <auto Member> LoadOption joinedload() {
  return LoadOption(detail::relationship_ref<Member>(), detail::LoadWay::joined);
}

} // namespace declorm

#endif // DECLORM_LOADING_H
