// object_reader.cpp: objects of a query in batches, for Query::yield_per().
#include "runtime/orm/session/session_state.h"
#include "runtime/sql/cursor.h"
#include "runtime/sql/sql_writer.h"

namespace declorm::detail {

namespace {

/// An object on its own in memory.
struct Streamed {
  MapperState *mapper = nullptr;
  void *object = nullptr;
};

void destroy(const Streamed &streamed) {
  if (streamed.mapper->destroy)
    streamed.mapper->destroy(streamed.object);
  ::operator delete(streamed.object, std::align_val_t(streamed.mapper->alignment));
}

Streamed make(MapperState &mapper) {
  void *memory = ::operator new(mapper.size, std::align_val_t(mapper.alignment));
  try {
    construct(*mapper.mapper, memory);
  } catch (...) {
    ::operator delete(memory, std::align_val_t(mapper.alignment));
    throw;
  }
  return {&mapper, memory};
}

} // namespace

struct StreamState {
  MapperState &mapper;
  std::optional<LoadPlan> plan; ///< none: all rows are of the class itself, and whole
  Compiled compiled;
  std::shared_ptr<ConnectionState> connection;
  std::optional<QueryRun> run;
  std::size_t rows;
  std::vector<Streamed> batch;
  std::size_t next = 0;
  bool at_end = false;

  StreamState(MapperState &of, std::int64_t at_once) : mapper(of), rows(std::size_t(at_once)) {}
  ~StreamState() { clear(); }
  StreamState(const StreamState &) = delete;
  StreamState &operator=(const StreamState &) = delete;

  void clear() {
    for (const Streamed &streamed : batch)
      destroy(streamed);
    batch.clear();
    next = 0;
  }
  void read_row() {
    const LoadTarget *target = plan ? &plan->target_of(*run) : nullptr;
    batch.push_back(make(target ? *target->mapper : mapper));
    if (target)
      fetch_target(*run, *target, batch.back().object);
    else
      fetch_row(*run, mapper, batch.back().object, 0);
    const Streamed &read = batch.back();
    if (read.mapper->has_lazies)
      read.mapper->fetched_alone(read.object);
  }
  void read_batch() {
    clear();
    while (!at_end && batch.size() != rows) {
      at_end = !run->step();
      if (!at_end)
        read_row();
    }
  }
};

namespace {

void require_no_paths(const MapperState &mapper, std::span<const LoadOption> paths) {
  for (const LoadOption &option : paths)
    if (!option.path().empty())
      throw InvalidRequestError(
          "yield_per(): objects of " + describe(mapper) +
          " that are read in batches are no part of the session, so that selectinload(), "
          "joinedload() and contains_eager() have nothing to fill; read pages of them with "
          "page_after()");
}

} // namespace

ObjectReader::ObjectReader(SessionCore &core, Mapper &mapper, const SelectCore &select,
                           std::span<const LoadOption> paths, std::int64_t rows)
    : state_(new StreamState(mapper.state(), rows)) {
  SessionState &session = *core.state_;
  const SessionGuard guard(session);
  session.check_usable();
  StreamState &state = *state_;
  require_no_paths(state.mapper, paths);
  std::vector<const LoadOption *> options;
  for (const LoadOption &option : paths)
    options.push_back(&option);
  const ChosenDeferred chosen(state.mapper, options, 0);
  QueryFlags flags{.read_only = true};
  flags.undeferred = chosen.empty() ? nullptr : &chosen;
  SelectData whole = select.data();
  // The tables of all classes below are joined: a SELECT for each batch of keys would come in
  // between.
  if (state.mapper.root->discriminator && state.mapper.reader().union_parts.empty() &&
      !whole.items.empty() && !whole.items.front().node)
    whole.items.front().entity.below = classes_below(mapper);
  std::optional<LoadPlan> made;
  if (const LoadPlan *plan = session.loader.plan_of(state.mapper, whole, flags, made))
    state.plan = *plan;
  state.compiled =
      state.plan ? compile(whole, session.engine.dialect(), state.plan->extra, state.plan->left_out)
                 : compile(whole, session.engine.dialect());
  session.flush_before(state.compiled);
  session.connection();
  state.connection = session.public_connection().shared_state();
  state.run.emplace(*state.connection, state.connection->prepare(state.compiled.sql),
                    state.compiled.sql, state.compiled.params);
}

ObjectReader::~ObjectReader() = default;
ObjectReader::ObjectReader(ObjectReader &&) noexcept = default;
ObjectReader &ObjectReader::operator=(ObjectReader &&) noexcept = default;

const void *ObjectReader::next() {
  StreamState &state = *state_;
  if (state.next == state.batch.size())
    state.read_batch();
  if (state.batch.empty())
    return nullptr;
  const Streamed &streamed = state.batch[state.next++];
  return streamed.mapper->upcast(streamed.object, state.mapper);
}

const void *ObjectReader::as(const Mapper &mapper) const {
  const Streamed &streamed = state_->batch[state_->next - 1];
  return streamed.mapper->is_below(mapper.state())
             ? streamed.mapper->upcast(streamed.object, mapper.state())
             : nullptr;
}

} // namespace declorm::detail
