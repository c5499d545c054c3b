// Level 2, data.
#include "data/row_order.h"

#include <numeric>
#include <utility>

namespace feedforward {

// Fisher and Yates' shuffle from the back; position i draws its partner from [0, i] by
// multiplying a 64-bit word, whose bias (below i / 2^64) no one can see.
std::vector<std::uint32_t> random_order(std::uint64_t seed, Purpose purpose,
                                        std::uint32_t epoch, std::uint32_t n) {
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0u);
  for (std::uint32_t i = n; i-- > 1;) {
    const auto words = random_quad({seed, purpose, 0, epoch, i}, 0);
    const std::uint64_t low = std::uint64_t{words[0]} * (std::uint64_t{i} + 1);
    const std::uint64_t high = std::uint64_t{words[1]} * (std::uint64_t{i} + 1);
    const std::uint32_t j = static_cast<std::uint32_t>((high + (low >> 32)) >> 32);
    std::swap(order[i], order[j]);
  }
  return order;
}

const std::vector<std::uint32_t>& RowOrder::of(std::uint32_t epoch) {
  if (!order_.empty() && (epoch == epoch_ || !shuffled_)) return order_;
  if (shuffled_) {
    order_ = random_order(seed_, Purpose::kRowOrder, epoch, n_);
  } else {
    order_.resize(n_);
    std::iota(order_.begin(), order_.end(), 0u);
  }
  if (part_.parts > 1) {
    std::size_t kept = 0;
    for (std::size_t i = part_.part; i < order_.size(); i += part_.parts) {
      order_[kept++] = order_[i];
    }
    order_.resize(kept);
  }
  epoch_ = epoch;
  return order_;
}

}  // namespace feedforward
