# The tasks of the benches, read from the shared data (shared_file() of common.R). Each
# function returns
#
#   list(name, train, test, x, y, arguments)
#
# two data frames, the names of predictors and response, and the arguments of
# deeplearning() that make the task what it is: those H2O's figures were measured with.
# Files are read once a session. `seed` picks the split where there is no fixed one.

files_read <- new.env(parent = emptyenv())

read_once <- function(key, read) {
  if (is.null(files_read[[key]])) files_read[[key]] <- read()
  files_read[[key]]
}

read_table <- function(..., header = TRUE) {
  path <- shared_file("data", ...)
  read_once(path, function() {
    utils::read.csv(path,
      header = header, stringsAsFactors = TRUE, na.strings = "NA",
      # TailNum of the airline data holds bytes that are not UTF-8.
      fileEncoding = "latin1"
    )
  })
}

new_task <- function(name, train, test, x, y, arguments = list()) {
  list(name = name, train = train, test = test, x = x, y = y, arguments = arguments)
}

# share: of the rows that train.
split_task <- function(name, data, x, y, share, seed, arguments = list()) {
  trains <- with_seed(seed, sample.int(nrow(data), round(share * nrow(data))))
  new_task(name, data[trains, ], data[-trains, ], x, y, arguments)
}

# The same task with fewer training rows, drawn at random.
shorten_task <- function(task, rows, seed) {
  kept <- with_seed(seed, sample.int(nrow(task$train), rows))
  task$train <- task$train[kept, ]
  task$name <- sprintf("%s:%d", task$name, rows)
  task
}

# ---- Two classes ----------------------------------------------------------------

airline_predictors <- c(
  "Origin", "Dest", "Year", "UniqueCarrier", "DayOfWeek", "Month", "Distance",
  "FlightNum"
)

# Flights 1987 to 2008. All that is known before departure; the other columns give the
# response away.
airline_task <- function(seed = 1) {
  data <- read_table("airlines", "allyears2k_headers.csv.gz")
  data <- data[c(airline_predictors, "IsDepDelayed")]
  for (name in c("Year", "Month", "DayOfWeek")) {
    data[[name]] <- factor(data[[name]])
  }
  split_task("airline", data, airline_predictors, "IsDepDelayed", 0.75, seed,
    arguments = list(hidden = c(10, 10), epochs = 5)
  )
}

airline_wide_task <- function(seed = 1) {
  task <- airline_task(seed)
  task$name <- "airline-200"
  task$arguments <- list()
  task
}

# Flights of 2005 and 2006 to train, of 2007 to test.
benchm_task <- function(seed = 1) {
  train <- read_table("airlines", "benchm-ml-train-0.1m.csv.gz")
  test <- read_table("airlines", "benchm-ml-test.csv.gz")
  y <- "dep_delayed_15min"
  new_task("benchm", train, test, setdiff(names(train), y), y)
}

# Incomes of the census of 1994, a fifth held out.
adult_task <- function(seed = 1) {
  data <- read_table("tabular", "adult.train.csv.gz")
  split_task("adult", data, setdiff(names(data), "income"), "income", 0.8, seed)
}

# Simulated collisions, a fifth held out.
higgs_task <- function(seed = 1) {
  data <- read_table("tabular", "higgs_train_10k.csv.gz")
  data$response <- factor(data$response)
  split_task("higgs", data, setdiff(names(data), "response"), "response", 0.8, seed)
}

prostate_task <- function(seed = 1) {
  data <- read_table("small", "prostate.csv")
  for (name in c("CAPSULE", "RACE", "DPROS", "DCAPS")) {
    data[[name]] <- factor(data[[name]])
  }
  split_task("prostate", data, setdiff(names(data), c("ID", "CAPSULE")), "CAPSULE",
    0.75, seed,
    arguments = list(hidden = c(10, 10, 10), activation = "Tanh")
  )
}

# ---- More classes ---------------------------------------------------------------

iris_task <- function(seed = 1) {
  data <- read_table("small", "iris_wheader.csv")
  split_task("iris", data, setdiff(names(data), "class"), "class", 0.75, seed)
}

covtype_task <- function(seed = 1) {
  data <- read_table("tabular", "covtype.20k.csv.gz", header = FALSE)
  data$V55 <- factor(data$V55)
  split_task("covtype", data, names(data)[1:54], "V55", 0.75, seed)
}

# 60,000 handwritten digits to train, 10,000 to test, 784 pixels. H2O standardises them
# and drops the constant ones.
mnist_task <- function(seed = 1) {
  read_part <- function(part) {
    read_once(paste("mnist", part), function() {
      pixels <- read_idx("mnist", paste0(part, "-images-idx3-ubyte.gz"))
      dim(pixels) <- c(28 * 28, length(pixels) / (28 * 28))
      rows <- as.data.frame(t(pixels))
      rows$digit <- factor(read_idx("mnist", paste0(part, "-labels-idx1-ubyte.gz")))
      rows
    })
  }
  train <- read_part("train")
  new_task("mnist", train, read_part("t10k"), setdiff(names(train), "digit"), "digit")
}

# Pixels from 0 to 1 as they are: most of them are zero.
mnist_scaled_task <- function(seed = 1) {
  task <- mnist_task()
  scale <- function(rows) {
    rows[task$x] <- lapply(rows[task$x], `/`, 255)
    rows
  }
  task$train <- read_once("mnist scaled train", function() scale(task$train))
  task$test <- read_once("mnist scaled test", function() scale(task$test))
  task$name <- "mnist-scaled"
  task$arguments <- list(standardize = FALSE)
  task
}

# The format of yann.lecun.com/exdb/mnist: two zero bytes, the type (8: bytes), the
# number of dimensions, these as big-endian integers, then the values.
read_idx <- function(...) {
  path <- shared_file("data", ...)
  connection <- gzfile(path, "rb")
  on.exit(close(connection))
  magic <- readBin(connection, "integer", 4, size = 1, signed = FALSE)
  if (!identical(magic[1:3], c(0L, 0L, 8L))) {
    stop("Not an idx file of bytes: ", basename(path), call. = FALSE)
  }
  size <- readBin(connection, "integer", magic[[4]], size = 4, endian = "big")
  values <- readBin(connection, "integer", prod(size), size = 1, signed = FALSE)
  stopifnot(length(values) == prod(size))
  values
}

# ---- Numbers --------------------------------------------------------------------

# Values of houses in units of 100,000, as in the figures to compare with.
california_task <- function(seed = 1) {
  data <- read_table("tabular", "cal_housing.csv.gz")
  y <- "medianHouseValue"
  data[[y]] <- data[[y]] / 1e5
  split_task("california", data, setdiff(names(data), y), y, 0.8, seed)
}

insurance_predictors <- c(
  "Area", "VehPower", "VehAge", "DrivAge", "BonusMalus", "VehBrand", "VehGas",
  "LogDensity", "Region"
)

# Claims of French motor policies, with the split, the caps on claims and exposure and
# the rating factors of the comparison by Noll, Salzmann and Wuthrich (2018). Like their
# networks, ours see long-tailed ages and scores capped and the logarithm of density.
insurance_task <- function(seed = 1) {
  parts <- read_once("insurance", function() {
    space <- new.env()
    load(shared_file("data", "insurance", "freMTPL2freq.rda"), envir = space)
    data <- space$freMTPL2freq
    data$ClaimNb <- pmin(as.numeric(data$ClaimNb), 4)
    data$LogExposure <- log(pmin(data$Exposure, 1))
    data$VehAge <- pmin(data$VehAge, 20)
    data$DrivAge <- pmin(data$DrivAge, 90)
    data$BonusMalus <- pmin(data$BonusMalus, 150)
    data$LogDensity <- log(data$Density)
    data$VehGas <- factor(data$VehGas)
    data <- data[c(insurance_predictors, "ClaimNb", "LogExposure")]
    n <- nrow(data)
    trains <- with_seed(100, sample(n, round(0.9 * n)), sampler = "Rounding")
    list(train = data[trains, ], test = data[-trains, ])
  })
  new_task("freMTPL2", parts$train, parts$test, insurance_predictors, "ClaimNb",
    arguments = list(
      distribution = "poisson", offset_column = "LogExposure", activation = "Tanh",
      hidden = 20
    )
  )
}
