// gate.cpp: composites in a std::optional: made for a value, emptied by NULL.
#include "runtime/engine/field_io.h"

#include <algorithm>

namespace declorm::detail {

namespace {

bool is_open(const Gate &gate, const void *object) {
  if (gate.outer && !is_open(*gate.outer, object))
    return false;
  bool open = false;
  gate.accessor->get(static_cast<const char *>(object) + gate.holder, &open);
  return open;
}

void set_gate(const Gate &gate, void *object, bool open) {
  if (gate.accessor->set)
    gate.accessor->set(static_cast<char *>(object) + gate.holder, &open);
}

bool takes_null(const Field &field) {
  return field.optional || (field.null_reads && field.null_value);
}

} // namespace

bool is_within(const Field &field, const Gate &gate) {
  const Gate *at = field.gate;
  while (at && at != &gate)
    at = at->outer;
  return at;
}

bool is_open(const Field &field, const void *object) {
  return !field.gate || is_open(*field.gate, object);
}

void open_gate(const Gate &gate, void *object) {
  if (is_open(gate, object))
    return;
  if (gate.outer)
    open_gate(*gate.outer, object);
  set_gate(gate, object, true);
  // An initialiser of the class is not what the database holds.
  for (const Field *field : gate.fields) {
    if (field->gate == &gate && takes_null(*field))
      assign_member(*field, object, Value());
    for (const Gate *inner = field->gate; inner != &gate; inner = inner->outer)
      if (inner->outer == &gate)
        set_gate(*inner, object, false);
  }
}

void close_gate(const Gate &gate, void *object) {
  if (!gate.outer || is_open(*gate.outer, object))
    set_gate(gate, object, false);
}

void assign(const Field &field, void *object, const Value &value) {
  if (!field.gate)
    return assign_member(field, object, value);
  if (!value.is_null()) {
    open_gate(*field.gate, object);
    return assign_member(field, object, value);
  }
  if (!is_open(field, object))
    return;
  if (takes_null(field))
    assign_member(field, object, value);
  else
    close_gate(*field.gate, object);
  const auto is_null = [&](const Field *one) { return value_of(*one, object).is_null(); };
  for (const Gate *gate = field.gate; gate; gate = gate->outer)
    if (std::ranges::all_of(gate->fields, is_null))
      close_gate(*gate, object);
}

} // namespace declorm::detail
