package io.maquette.task.submission;

import java.math.BigDecimal;

/**
 * Expected cost of submissions, from the cost of recent ones.
 *
 * @param provider provider that is paid
 * @param submissions number of submissions if each succeeds
 * @param each average cost of one submission, in the provider's unit
 * @param total expected cost of all submissions
 * @param basis number of submissions behind the average
 */
public record LikelyCost(
    String provider, long submissions, BigDecimal each, BigDecimal total, int basis) {}
