// What only tests ask for.
#include <Rcpp.h>

#include "bindings_options.h"
#include "bindings_parameters.h"
#include "kernels/kernels.h"
#include "network/plain_network.h"
#include "words/rng.h"

using namespace feedforward;

namespace {

std::vector<std::vector<double>> rows_of(const Rcpp::NumericMatrix& x) {
  std::vector<std::vector<double>> rows;
  for (int i = 0; i < x.nrow(); ++i) {
    const Rcpp::NumericVector row = x.row(i);
    rows.emplace_back(row.begin(), row.end());
  }
  return rows;
}

}  // namespace

// Loss and gradient in double precision, for tests. x: rows x inputs; settings:
// list(quantile_alpha, tweedie_power, huber_delta, l1, l2), of the loss and its
// penalties.
// [[Rcpp::export(rng = false)]]
Rcpp::List loss_and_gradient(Rcpp::NumericMatrix x, Rcpp::List target, Rcpp::List network,
                             std::string loss, Rcpp::List settings, Rcpp::List weights,
                             Rcpp::List biases) {
  const Shape shape = read_shape(network, 0, static_cast<std::size_t>(x.ncol()));
  const auto setting = [&](const char* name, double otherwise) {
    return settings.containsElementNamed(name) ? Rcpp::as<double>(settings[name])
                                               : otherwise;
  };
  const LossOptions options{read_loss(loss), setting("quantile_alpha", 0.5),
                            setting("tweedie_power", 1.5), setting("huber_delta", 1)};
  PlainParameters plain;
  read_parameters(weights, biases, shape, &plain);
  const LossAndGradient<double> result =
      loss_and_gradient<double>(shape, options, setting("l1", 0), setting("l2", 0), plain,
                                rows_of(x), read_targets<double>(target));
  const Rcpp::List list = parameters_to_r(result.gradient);
  return Rcpp::List::create(Rcpp::Named("loss") = result.loss,
                            Rcpp::Named("weights") = list["weights"],
                            Rcpp::Named("biases") = list["biases"]);
}

// The uniform number at an address (purpose as in words/rng.h: 1 initial weights, 3
// dropout).
// [[Rcpp::export(rng = false)]]
double counter_uniform(Rcpp::NumericVector seed, int purpose, int layer, double epoch,
                       double row, double unit) {
  return random_uniform(
      {read_seed(seed), static_cast<Purpose>(purpose), static_cast<std::uint32_t>(layer),
       static_cast<std::uint32_t>(epoch), static_cast<std::uint32_t>(row)},
      static_cast<std::uint32_t>(unit));
}

// Kernel sets this processor can run, best first.
// [[Rcpp::export(rng = false)]]
std::vector<std::string> available_kernels() { return kernel_names(); }
