# Categories as inputs, in all their forms.
library(h2o)
h2o.init()
prostate <- h2o.uploadFile(locate("smalldata/logreg/prostate.csv"), "prostate.hex")
for (k in c("CAPSULE", "RACE", "DPROS", "DCAPS")) prostate[[k]] <- as.factor(prostate[[k]])
encodings <- c("AUTO", "OneHotInternal", "Binary", "Eigen", "LabelEncoder", "EnumLimited")
for (encoding in encodings) {
  m <- h2o.deeplearning(
    3:9, "CAPSULE", prostate,
    hidden = 5, epochs = 2, categorical_encoding = encoding, seed = 1
  )
  h2o.auc(m)
}
m <- h2o.deeplearning(
  3:9, "CAPSULE", prostate,
  use_all_factor_levels = FALSE, hidden = 5, epochs = 2, loss = "CrossEntropy", seed = 1
)
stopifnot(!"RACE.0" %in% h2o.varimp(m)$variable)
