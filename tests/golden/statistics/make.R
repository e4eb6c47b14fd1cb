# Random inputs and what R says about them, one JSON object a line.
#
#   Rscript make.R COUNT FOLDER      writes FOLDER/r.jsonl; base R, and the package coin where it is installed
set.seed(20261)
arguments <- commandArgs(trailingOnly = TRUE)
count <- as.integer(arguments[1])
folder <- arguments[2]
dir.create(folder, showWarnings = FALSE, recursive = TRUE)

number <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), ifelse(x > 0, '"inf"', '"-inf"'))
list_of <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
object <- function(named) {
  values <- vapply(named, function(v) if (length(v) > 1 || inherits(v, "AsIs")) list_of(unclass(v)) else number(v), "")
  paste0("{", paste0('"', names(named), '":', values, collapse = ","), "}")
}
level <- function() sample(c(0.001, 0.01, 0.025, 0.05, 0.1, 0.2), 1)
pick <- function(x) x[sample.int(length(x), 1)]

r_mcnemar <- function() {
  cells <- as.vector(rmultinom(1, pick(c(30, 400, 100000)), c(5, pick(c(0.2, 2)), pick(c(0.2, 2)), 3)))
  if (cells[2] + cells[3] == 0) cells[2] <- 1
  m <- matrix(cells, 2, byrow = TRUE)
  corrected <- mcnemar.test(m)
  plain <- mcnemar.test(m, correct = FALSE)
  list(list(cells = I(cells)), list(
    statistic = plain$statistic, corrected = corrected$statistic,
    p_plain = plain$p.value, p_corrected = corrected$p.value
  ))
}

r_share <- function() {
  total <- pick(c(sample(1:40, 1), sample(40:5000, 1), 1000000))
  k <- pick(c(0, total, rbinom(1, total, 0.01), rbinom(1, total, runif(1))))
  alpha <- level()
  ci <- binom.test(k, total, conf.level = 1 - 2 * alpha)$conf.int
  list(list(count = k, total = total, alpha = alpha), list(low = ci[1], high = ci[2]))
}

r_odds <- function() {
  cells <- as.vector(rmultinom(1, pick(c(10, 300)), c(5, 1, 1, 3)))
  if (cells[2] + cells[3] == 0) cells[2] <- 1
  alpha <- level()
  p <- binom.test(cells[2], cells[2] + cells[3], conf.level = 1 - 2 * alpha)$conf.int
  list(list(cells = I(cells), alpha = alpha), list(low = p[1] / (1 - p[1]), high = p[2] / (1 - p[2])))
}

r_t <- function() {
  d <- round(rnorm(sample(2:60, 1), runif(1, -1, 1), runif(1, 0.2, 3)), 6)
  alpha <- level()
  test <- t.test(d, conf.level = 1 - 2 * alpha)
  list(list(d = I(d), alpha = alpha), list(
    p = test$p.value, p_greater = t.test(d, alternative = "greater")$p.value,
    p_less = t.test(d, alternative = "less")$p.value, low = test$conf.int[1], high = test$conf.int[2]
  ))
}

# Exact, without zeros and ties: R's own law of the signed-rank sum.
r_wilcoxon <- function() {
  n <- sample(6:49, 1)
  d <- round(rnorm(n, runif(1, -1, 1), 2), 9)
  alpha <- pick(c(0.025, 0.05, 0.1))
  test <- wilcox.test(d, exact = TRUE, conf.int = TRUE, conf.level = 1 - 2 * alpha)
  list(list(d = I(d), alpha = alpha), list(
    w = test$statistic, p = test$p.value,
    p_greater = wilcox.test(d, exact = TRUE, alternative = "greater")$p.value,
    estimate = test$estimate, low = test$conf.int[1], high = test$conf.int[2]
  ))
}

# Zeros and ties: coin's normal law after Pratt.
r_pratt <- function() {
  d <- c(0, round(rnorm(sample(5:60, 1), runif(1, -1, 1), 2)))
  if (all(d == 0)) d[1] <- 1
  if (!any(duplicated(abs(d))) && all(d != 0)) d <- c(d, d[1])
  p <- function(side) {
    test <- coin::wilcoxsign_test(d ~ rep(0, length(d)), zero.method = "Pratt", alternative = side)
    as.numeric(coin::pvalue(test))
  }
  list(list(d = I(d)), list(p = p("two.sided"), p_greater = p("greater"), p_less = p("less")))
}

r_fisher <- function() {
  n <- c(sample(1:150, 1), sample(1:150, 1))
  k <- rbinom(2, n, runif(1))
  m <- matrix(c(k, n - k), 2)
  list(list(groups = I(c(k[1], n[1], k[2], n[2]))), list(
    p = fisher.test(m)$p.value, p_greater = fisher.test(m, alternative = "greater")$p.value,
    p_less = fisher.test(m, alternative = "less")$p.value
  ))
}

r_adjust <- function() {
  p <- round(runif(sample(1:30, 1))^pick(c(1, 4)), pick(c(2, 8)))
  out <- list()
  for (method in c("holm", "BH", "BY")) {
    adjusted <- p.adjust(p, method)
    names(adjusted) <- paste0("p_", method, seq_along(p) - 1)
    out <- c(out, as.list(adjusted))
  }
  list(list(p = I(p)), out)
}

r_mantel_haenszel <- function() {
  repeat {
    strata <- sample(2:6, 1)
    n <- matrix(sample(5:80, 2 * strata, TRUE), 2)
    k <- matrix(rbinom(2 * strata, n, runif(2 * strata, 0.1, 0.9)), 2)
    tables <- array(rbind(k[1, ], k[2, ], n[1, ] - k[1, ], n[2, ] - k[2, ]), c(2, 2, strata))
    alpha <- level()
    test <- try(mantelhaen.test(tables, conf.level = 1 - 2 * alpha), silent = TRUE)
    if (!inherits(test, "try-error") && all(is.finite(c(test$p.value, test$conf.int)))) break
  }
  given <- list(flat = I(as.vector(rbind(k[1, ], n[1, ], k[2, ], n[2, ]))), alpha = alpha)
  list(given, list(odds = test$estimate, low = test$conf.int[1], high = test$conf.int[2], p = test$p.value))
}

r_bowker <- function() {
  k <- sample(2:6, 1)
  m <- matrix(rpois(k * k, pick(c(3, 40))) + 1, k)
  test <- mcnemar.test(m, correct = FALSE)
  list(list(levels = k, counts = I(as.vector(t(m)))), list(statistic = test$statistic, p_bowker = test$p.value))
}

kinds <- c(
  "r_mcnemar", "r_share", "r_odds", "r_t", "r_wilcoxon", "r_fisher", "r_adjust", "r_mantel_haenszel", "r_bowker",
  if (requireNamespace("coin", quietly = TRUE)) "r_pratt"
)
lines <- character(count)
for (i in seq_len(count)) {
  kind <- kinds[(i - 1) %% length(kinds) + 1]
  case <- do.call(kind, list())
  lines[i] <- sprintf('{"f":"%s","in":%s,"out":%s,"tolerance":1e-9}', kind, object(case[[1]]), object(case[[2]]))
}
writeLines(lines, file.path(folder, "r.jsonl"))
