# What an encoder is: how columns of one kind become inputs of the network. It learns
# facts of its columns, makes of them what the encoding keeps (its group), and replays
# that on new rows. Only encoder-*.R files know what is in facts or a group beyond the
# fields named here. There may be 100,000 columns: what can be is done for all of them at
# once.

#   name: in `encoders` and in encoding$groups
#   facts: function(survey): what training must know of the rows that train
#     (data-survey.R): a list of vectors and lists with one element per column, among
#     them `columns` (their names) and `classes`
#   missing, constant: function(facts): has no row a value? have all the same? One answer
#     per column
#   problems: function(facts, standardize, rows): why each column cannot be encoded, or
#     NA; rows: the numbers in the frame of the rows learned from, NULL for all
#   group: function(facts, arguments): list(columns: their names in the order of the
#     inputs, ...)
#   sizes: function(group): number of inputs of each column
#   input_names, unused: function(group): the inputs' names; positions from 0 of inputs
#     that training never saw, whose weights are 0
#   moments: function(group): list(mean, square), of each input over the rows that train:
#     its mean and mean square; inputs of one column are never at work together
#   units: function(group): list(means, scales) of each input, which for a value v in
#     units of the data is (v - mean) * scale; a level is 1 or 0
#   repeated: function(values, units, sizes): outputs of an autoencoder, rows x inputs of
#     this group, in units of the data
#   plan: function(group, source): list of list(column: uncopied where it can be, plan:
#     what the core does with it, see encoding_plan()), in the order of the inputs
#   ready: function(group, k, columns, classes, n, threads): which of these columns of n
#     new rows (the kth ones, of these classes in training) need no fit(), for all at once
#   fit: function(group, k, column, class): the kth column in new rows as plan() wants it,
#     list(column, novel: levels taken for missing) or list(problem)
#   empty: function(group, k, n): n missing values for the kth column
#   sound: function(group): could group() have made it? Its `columns` are right
new_encoder <- function(name, facts, missing, constant, problems, group, sizes,
                        input_names, unused, moments, units, repeated, plan,
                        ready, fit, empty,
                        sound) {
  as.list(environment())
}
