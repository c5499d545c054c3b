#' @include encoder-onehot.R encoder-coded.R encoder-number.R
NULL

# The encoders, in the order in which their inputs lie.
encoders <- list(
  onehot_encoder, binary_encoder, label_encoder, eigen_encoder, number_encoder
)
names(encoders) <- vapply(encoders, `[[`, "", "name")

# By the values of `categorical_encoding`, the encoder of factors.
categorical_encoders <- list(
  AUTO = onehot_encoder, OneHotInternal = onehot_encoder, Binary = binary_encoder,
  Eigen = eigen_encoder, LabelEncoder = label_encoder, SortByResponse = onehot_encoder,
  EnumLimited = onehot_encoder
)

# The encoder of columns of this class.
encoder_for <- function(class, categorical = "AUTO") {
  if (holds_classes(class)) categorical_encoders[[categorical]] else number_encoder
}
