#' @include words-conditions.R
NULL

#' What the drop-in layer does not offer
#'
#' Functions of H2O that train something else than networks, or that need Java: each is an
#' error of class `feedforward_refused_error` that says what to use in its place.
#'
#' @param ... Ignored.
#' @return None: an error.
#' @examples
#' try(h2o.gbm(1:4, 5, as.h2o(iris)))
#' @name h2o.refused
NULL

use_file <- "h2o.saveModel() writes a file that any language reads, see ?save_model."
use_load <- "Use h2o.loadModel() with a file of h2o.saveModel()."
use_predict <- "Use h2o.loadModel() and h2o.predict()."
use_coef <- "Of a network without a hidden layer there is coef(), see ?deeplearning."

use_import <- "Read the rows with the package of that source, then as.h2o()."
use_folder <- "h2o.saveModel(path = ) writes to any folder that is mounted."

use_stack <- "Average predictions of h2o.predict(), or use packages stacks or mlr3."
use_varimp <- "Use h2o.varimp_plot()."
use_features <- "Networks have no trees: h2o.deepfeatures() gives what a layer makes."
use_history <- "Use h2o.scoreHistory(), and checkpoints of fewer epochs."

network_or <- function(package) {
  sprintf("Use h2o.deeplearning(); for this method there is %s.", package)
}

refuse_call <- function(name, instead) {
  abort_feedforward(
    sprintf("%s() is not offered here: feedforward trains networks. %s", name, instead),
    "feedforward_refused_error"
  )
}

#' @rdname h2o.refused
#' @export
h2o.gbm <- function(...) refuse_call("h2o.gbm", network_or("gbm, xgboost or lightgbm"))

#' @rdname h2o.refused
#' @export
h2o.xgboost <- function(...) refuse_call("h2o.xgboost", network_or("xgboost"))

#' @rdname h2o.refused
#' @export
h2o.randomForest <- function(...) {
  refuse_call("h2o.randomForest", network_or("ranger or randomForest"))
}

#' @rdname h2o.refused
#' @export
h2o.glm <- function(...) refuse_call("h2o.glm", network_or("glm() or glmnet"))

#' @rdname h2o.refused
#' @export
h2o.gam <- function(...) refuse_call("h2o.gam", network_or("mgcv"))

#' @rdname h2o.refused
#' @export
h2o.naiveBayes <- function(...) {
  refuse_call("h2o.naiveBayes", network_or("naivebayes or e1071"))
}

#' @rdname h2o.refused
#' @export
h2o.kmeans <- function(...) refuse_call("h2o.kmeans", network_or("kmeans() of stats"))

#' @rdname h2o.refused
#' @export
h2o.prcomp <- function(...) refuse_call("h2o.prcomp", network_or("prcomp() of stats"))

#' @rdname h2o.refused
#' @export
h2o.svd <- function(...) refuse_call("h2o.svd", network_or("svd() of base"))

#' @rdname h2o.refused
#' @export
h2o.glrm <- function(...) refuse_call("h2o.glrm", network_or("softImpute"))

#' @rdname h2o.refused
#' @export
h2o.isolationForest <- function(...) {
  refuse_call("h2o.isolationForest", network_or("isotree"))
}

#' @rdname h2o.refused
#' @export
h2o.extendedIsolationForest <- function(...) {
  refuse_call("h2o.extendedIsolationForest", network_or("isotree"))
}

#' @rdname h2o.refused
#' @export
h2o.word2vec <- function(...) refuse_call("h2o.word2vec", network_or("word2vec"))

#' @rdname h2o.refused
#' @export
h2o.coxph <- function(...) refuse_call("h2o.coxph", network_or("survival"))

#' @rdname h2o.refused
#' @export
h2o.psvm <- function(...) refuse_call("h2o.psvm", network_or("e1071"))

#' @rdname h2o.refused
#' @export
h2o.rulefit <- function(...) refuse_call("h2o.rulefit", network_or("pre"))

#' @rdname h2o.refused
#' @export
h2o.targetencoder <- function(...) refuse_call("h2o.targetencoder", network_or("embed"))

#' @rdname h2o.refused
#' @export
h2o.upliftRandomForest <- function(...) {
  refuse_call("h2o.upliftRandomForest", network_or("grf"))
}

#' @rdname h2o.refused
#' @export
h2o.download_mojo <- function(...) {
  refuse_call("h2o.download_mojo", use_file)
}

#' @rdname h2o.refused
#' @export
h2o.save_mojo <- function(...) {
  refuse_call("h2o.save_mojo", use_file)
}

#' @rdname h2o.refused
#' @export
h2o.download_pojo <- function(...) {
  refuse_call("h2o.download_pojo", use_file)
}

#' @rdname h2o.refused
#' @export
h2o.import_mojo <- function(...) {
  refuse_call("h2o.import_mojo", use_load)
}

#' @rdname h2o.refused
#' @export
h2o.upload_mojo <- function(...) {
  refuse_call("h2o.upload_mojo", use_load)
}

#' @rdname h2o.refused
#' @export
h2o.generic <- function(...) {
  refuse_call("h2o.generic", use_load)
}

#' @rdname h2o.refused
#' @export
h2o.mojo_predict_df <- function(...) {
  refuse_call("h2o.mojo_predict_df", use_predict)
}

#' @rdname h2o.refused
#' @export
h2o.mojo_predict_csv <- function(...) {
  refuse_call("h2o.mojo_predict_csv", use_predict)
}

#' @rdname h2o.refused
#' @export
h2o.predict_json <- function(...) {
  refuse_call("h2o.predict_json", use_predict)
}

#' @rdname h2o.refused
#' @export
h2o.coef <- function(...) {
  refuse_call("h2o.coef", use_coef)
}

#' @rdname h2o.refused
#' @export
h2o.coef_norm <- function(...) {
  refuse_call("h2o.coef_norm", use_coef)
}

#' @rdname h2o.refused
#' @export
h2o.isotonicregression <- function(...) {
  refuse_call("h2o.isotonicregression", network_or("isoreg() of stats"))
}

#' @rdname h2o.refused
#' @export
h2o.adaBoost <- function(...) {
  refuse_call("h2o.adaBoost", network_or("adabag"))
}

#' @rdname h2o.refused
#' @export
h2o.decision_tree <- function(...) {
  refuse_call("h2o.decision_tree", network_or("rpart"))
}

#' @rdname h2o.refused
#' @export
h2o.modelSelection <- function(...) {
  refuse_call("h2o.modelSelection", network_or("leaps or glmnet"))
}

#' @rdname h2o.refused
#' @export
h2o.anovaglm <- function(...) {
  refuse_call("h2o.anovaglm", network_or("anova() of stats"))
}

#' @rdname h2o.refused
#' @export
h2o.aggregator <- function(...) {
  refuse_call("h2o.aggregator", network_or("kmeans() of stats"))
}

#' @rdname h2o.refused
#' @export
h2o.infogram <- function(...) {
  refuse_call("h2o.infogram", network_or("Boruta"))
}

#' @rdname h2o.refused
#' @export
h2o.stackedEnsemble <- function(...) refuse_call("h2o.stackedEnsemble", use_stack)

#' @rdname h2o.refused
#' @export
h2o.std_coef_plot <- function(...) refuse_call("h2o.std_coef_plot", use_varimp)

#' @rdname h2o.refused
#' @export
h2o.predict_leaf_node_assignment <- function(...) {
  refuse_call("h2o.predict_leaf_node_assignment", use_features)
}

#' @rdname h2o.refused
#' @export
h2o.staged_predict_proba <- function(...) {
  refuse_call("h2o.staged_predict_proba", use_history)
}

#' @rdname h2o.refused
#' @export
h2o.importHDFS <- function(...) refuse_call("h2o.importHDFS", use_import)

#' @rdname h2o.refused
#' @export
h2o.import_sql_table <- function(...) refuse_call("h2o.import_sql_table", use_import)

#' @rdname h2o.refused
#' @export
h2o.import_sql_select <- function(...) refuse_call("h2o.import_sql_select", use_import)

#' @rdname h2o.refused
#' @export
h2o.import_hive_table <- function(...) refuse_call("h2o.import_hive_table", use_import)

#' @rdname h2o.refused
#' @export
h2o.exportHDFS <- function(...) refuse_call("h2o.exportHDFS", use_folder)
