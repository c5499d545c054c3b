# What a task is: the kind of problem that a response asks for. Everything that differs
# between kinds is a field here; whoever needs it asks the record (task.R).

#   kind: its name, with which the classes of models and metrics are made
#   title: the first word of what is printed; problem: what it is called in messages
#   fits: function(n_classes), is a response of so many classes (1 for numbers) of it?
#   describe: function(n_outputs), its words in the line above the table of layers
#   output: of the network, "softmax", "linear" or "reconstruction"; outputs:
#     function(n_classes, inputs)
#   target: what the trainer is told to reach, "classes", "numbers" or "inputs"
#   complete_loss: function(loss, distribution, n_classes): list(distribution, loss), both
#     resolved, or list(problem)
#   core_loss: function(response), the core's name of the loss to minimise
#   decode: function(response, link, offset, type, threshold, calibration), see
#     decode_response()
#   average: function(response, links), of the outputs of several networks those whose
#     prediction is the mean of theirs; NULL: it has no `members`
#   types: the values of `type` that predict() has for it
#   deviance: function(metrics), the mean over the rows
#   start: function(response, rows, settings), where biases of linear outputs begin
#   measure: function(rows, response, arguments, tables, settled), its metrics,
#     see compute_metrics()
#   summary: function(metrics), named numbers for the table of cross-validation
#   stops_on, history, printed: names of measures that it can be stopped by, has in the
#     scoring history and prints, in their order
#   optional: of these, those that are printed only where they were computed; unprinted:
#     those that the history keeps for H2O's sake and that mislead whoever reads them
#   stopping_metric, plotted: the measure that "AUTO" means, for stopping and in plots
#   good_enough: c(argument = measure) that ends training when it is low enough; unit:
#     function(actual, weights), what the argument's 1 is in that measure
#   constant: function(response, part, settings), of all predictions that differ by the
#     offset alone, the least value of the measure that training lowers, on the scored
#     rows of the part; named by the measure
#   starts_scored: is the network scored before it trains?
#   offset, threshold: does it know offsets, and thresholds of a probability?
#   confusion: list(title, decimals: function(decimals)) of the printed matrix, or NULL
new_task <- function(kind, title, problem, fits, describe, output, outputs, target,
                     complete_loss, core_loss, decode, average, types, deviance, start,
                     measure, summary, stops_on, history, printed, optional = character(),
                     unprinted = character(), stopping_metric, plotted, good_enough, unit,
                     constant, starts_scored = FALSE, offset = FALSE, threshold = FALSE,
                     confusion = NULL) {
  as.list(environment())
}
