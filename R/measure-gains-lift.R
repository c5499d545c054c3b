# Gains and lift: how much richer in events the rows with the highest scores are.

# Cuts of H2O's standard table, as quantiles of the score.
standard_gains_cuts <- c(
  0.99, 0.98, 0.97, 0.96, 0.95, 0.9, 0.85, seq(0.8, 0.1, by = -0.1), 0
)

# One row a group, from the highest scores down. `bins`: -1 for the standard cuts,
# 0 for no table, else that many groups of equal weight. Groups whose cuts coincide
# are one group; a group may hold no row.
gains_lift_table <- function(curve, bins = -1) {
  if (identical(as.numeric(bins), 0) || length(curve$score) == 0) {
    return(NULL)
  }
  thresholds <- gains_thresholds(curve, gains_cuts(bins))
  # The last distinct score of each group: `score` falls, a row belongs to the
  # first group whose threshold it reaches.
  last <- findInterval(-thresholds, -curve$score)
  weight_at <- curve$tp + curve$fp
  score_sum <- cumsum(curve$score * diff(c(0, weight_at)))

  events <- c(0, curve$tp)[last + 1]
  others <- c(0, curve$fp)[last + 1]
  weight <- c(0, weight_at)[last + 1]
  score <- c(0, score_sum)[last + 1]
  group_events <- diff(c(0, events))
  group_weight <- diff(c(0, weight))

  total <- curve$positives + curve$negatives
  overall_rate <- curve$positives / total
  response_rate <- share(group_events, group_weight)
  cumulative_rate <- share(events, weight)
  lift <- response_rate / overall_rate
  cumulative_lift <- cumulative_rate / overall_rate
  data.frame(
    group = seq_along(thresholds),
    cumulative_data_fraction = weight / total,
    lower_threshold = thresholds,
    lift = lift,
    cumulative_lift = cumulative_lift,
    response_rate = response_rate,
    score = share(diff(c(0, score)), group_weight),
    cumulative_response_rate = cumulative_rate,
    cumulative_score = share(score, weight),
    capture_rate = group_events / curve$positives,
    cumulative_capture_rate = events / curve$positives,
    gain = 100 * (lift - 1),
    cumulative_gain = 100 * (cumulative_lift - 1),
    kolmogorov_smirnov = events / curve$positives - others / curve$negatives
  )
}

# Lift of the table's first group; of the standard one where no table is asked for.
lift_top_group <- function(curve, bins = -1) {
  if (length(curve$score) == 0) {
    return(NaN)
  }
  last <- findInterval(-gains_thresholds(curve, gains_cuts(bins)[1]), -curve$score)
  rate <- curve$tp[last] / (curve$tp[last] + curve$fp[last])
  rate / (curve$positives / (curve$positives + curve$negatives))
}

gains_cuts <- function(bins) {
  if (is.null(bins) || bins <= 0) standard_gains_cuts else rev(seq_len(bins) - 1) / bins
}

gains_thresholds <- function(curve, cuts) {
  unique(weighted_quantile(curve$score, diff(c(0, curve$tp + curve$fp)), cuts))
}
