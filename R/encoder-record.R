# What an encoder is: how columns of one kind become inputs of the network. It learns
# facts of a column, makes of all its columns' facts what the encoding keeps (its group),
# and replays that on new rows. Only encoder-*.R files know what is in a fact or a group
# beyond the fields named here.

#   name: in `encoders` and in encoding$groups
#   fact: function(column, class, weights): what training must know of the rows that
#     train; a list, with `problem` (a sentence) where the column is unfit
#   missing, constant: function(fact): has no row a value? have all the same?
#   problem: function(fact, name, standardize): why the column cannot be encoded, or NULL
#   group: function(facts, arguments): list(columns: their names in the order of the
#     inputs, ...)
#   sizes: function(group): number of inputs of each column
#   input_names, unused: function(group): the inputs' names; positions from 0 of inputs
#     that training never saw, whose weights are 0
#   moments: function(group): list(mean, square), of each input over the rows that train:
#     its mean and mean square; inputs of one column are never at work together
#   units: function(group): list(means, scales) of each input, which for a value v in
#     units of the data is (v - mean) * scale; a level is 1 or 0
#   plan: function(group, source): for each column list(column: uncopied where it can be,
#     plan: what the core does with it, see encoding_plan())
#   fit: function(group, k, column, class, trained): the kth column in new rows as plan()
#     wants it, list(column, novel: levels taken for missing) or list(problem); trained:
#     its class in training
#   empty: function(group, k, n): n missing values for the kth column
new_encoder <- function(name, fact, missing, constant, problem, group, sizes, input_names,
                        unused, moments, units, plan, fit, empty) {
  as.list(environment())
}
