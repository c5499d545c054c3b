#' @include encoder-onehot.R encoder-coded.R encoder-number.R encoder-mapped.R
NULL

# The encoders, in the order in which their inputs lie.
encoders <- list(
  onehot_encoder, binary_encoder, label_encoder, eigen_encoder, number_encoder,
  robust_encoder, quantile_encoder, bins_encoder, periodic_encoder
)
names(encoders) <- vapply(encoders, `[[`, "", "name")

# By the values of `categorical_encoding`, the encoder of factors.
categorical_encoders <- list(
  AUTO = onehot_encoder, OneHotInternal = onehot_encoder, Binary = binary_encoder,
  Eigen = eigen_encoder, LabelEncoder = label_encoder, SortByResponse = onehot_encoder,
  EnumLimited = onehot_encoder
)

# The encoder of columns of this class.
encoder_for <- function(class, categorical = "AUTO", numeric = "standard") {
  if (holds_classes(class)) {
    categorical_encoders[[categorical]]
  } else {
    numeric_encoders[[numeric]]
  }
}

# In `numeric_encoders`: an embedding has no use for a scaling.
numeric_choice <- function(arguments) {
  embedding <- arguments[["numeric_embedding"]] %||% "none"
  if (embedding == "none") arguments[["scaling"]] %||% "standard" else embedding
}
