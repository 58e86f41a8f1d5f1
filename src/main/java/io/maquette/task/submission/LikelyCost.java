package io.maquette.task.submission;

import java.math.BigDecimal;

/**
 * What submissions will probably cost, as those of late did.
 *
 * @param provider whom it is paid to
 * @param submissions how many will be made if each goes well
 * @param each what one cost on average, in the provider's own unit
 * @param total all of them together
 * @param basis how many submissions that average is of
 */
public record LikelyCost(
    String provider, long submissions, BigDecimal each, BigDecimal total, int basis) {}
