#include "bindings_state.h"

#include "bindings_parameters.h"
#include "bindings_reader.h"

using namespace feedforward;

namespace {

constexpr std::uint64_t kNever = ~std::uint64_t{0};  // in R -1

// NULL stands for none.
Rcpp::RObject floats_to_r(const PlainFloats& plain) {
  if (plain.empty()) return R_NilValue;
  return parameters_to_r(plain);
}

PlainFloats read_floats(SEXP list, const Shape& shape, const std::string& what) {
  PlainFloats plain;
  if (Rf_isNull(list)) return plain;
  Reader r(list, what);
  const Rcpp::RObject weights(r.get("weights")), biases(r.get("biases"));
  r.finish();
  read_parameters(weights, biases, shape, &plain, what);
  return plain;
}

}  // namespace

Rcpp::List state_to_r(const TrainerState& state) {
  Rcpp::List replicas;
  for (const ReplicaPlainState& replica : state.replicas) {
    replicas.push_back(
        Rcpp::List::create(Rcpp::Named("steps") = static_cast<double>(replica.steps),
                           Rcpp::Named("parameters") = floats_to_r(replica.parameters),
                           Rcpp::Named("state1") = floats_to_r(replica.state1),
                           Rcpp::Named("state2") = floats_to_r(replica.state2),
                           Rcpp::Named("mean_activation") = replica.mean_activation));
  }
  std::vector<double> last_touched;
  for (std::uint64_t round : state.last_touched) {
    last_touched.push_back(round == kNever ? -1 : static_cast<double>(round));
  }
  return Rcpp::List::create(
      Rcpp::Named("samples") = static_cast<double>(state.samples),
      Rcpp::Named("replicas") = replicas,
      Rcpp::Named("rounds") = static_cast<double>(state.rounds),
      Rcpp::Named("average") = floats_to_r(state.average),
      Rcpp::Named("change") = floats_to_r(state.change),
      Rcpp::Named("last_touched") = last_touched,
      Rcpp::Named("moving_average") = floats_to_r(state.moving_average),
      Rcpp::Named("averaged_at") = static_cast<double>(state.averaged_at),
      Rcpp::Named("turned") = state.turned);
}

TrainerState read_state(const Rcpp::List& list, const Shape& shape) {
  Reader r(list, "state");
  TrainerState state;
  state.samples = r.count("samples");
  const Rcpp::List replicas(r.get("replicas"));
  for (R_xlen_t i = 0; i < replicas.size(); ++i) {
    const std::string what = "replica " + std::to_string(i + 1) + " of the state";
    Reader replica(replicas[i], what);
    state.replicas.push_back(
        {replica.count("steps"),
         read_floats(replica.get("parameters"), shape, "parameters of " + what),
         read_floats(replica.get("state1"), shape, "state1 of " + what),
         read_floats(replica.get("state2"), shape, "state2 of " + what),
         replica.all<float>("mean_activation")});
    replica.finish();
  }
  state.rounds = r.count("rounds");
  state.average = read_floats(r.get("average"), shape, "average of the state");
  state.change = read_floats(r.get("change"), shape, "change of the state");
  for (double round : r.all<double>("last_touched")) {
    state.last_touched.push_back(round == -1 ? kNever
                                             : r.to_count(round, "last_touched"));
  }
  state.averaged_at = r.count("averaged_at");
  state.moving_average =
      read_floats(r.get("moving_average"), shape, "moving_average of the state");
  state.turned = r.all<bool>("turned");
  r.finish();
  return state;
}
