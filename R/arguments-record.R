#' @include arguments-rules.R words-conditions.R words-text.R
NULL

# What is known of an argument.
#   default: an expression, for the signature; rule: see arguments-rules.R, NULL for
#     arguments that hold data, which are judged where the data are (data-frame.R)
#   help: for the help page
#   core: is it an option of the core, under the same name?
#   restart: when training goes on from a `checkpoint`, "inherited" (unless given anew),
#     "fixed" (inherited, and nothing else may be given) or "new" (never inherited)
argument <- function(name, default, rule, help, core = FALSE,
                     restart = "inherited") {
  list(
    name = name,
    default = if (missing(default)) quote(expr = ) else substitute(default),
    rule = rule,
    help = help,
    core = core,
    restart = restart
  )
}
