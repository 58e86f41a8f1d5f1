package io.maquette.provider.tencent;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Tier of Tencent's service, each with its own actions and limits
 * (cloud.tencent.com/document/product/1804/120838).
 */
enum Tier {
  /** Faster and cheaper; makes only the requested format. */
  RAPID("SubmitHunyuanTo3DRapidJob", "QueryHunyuanTo3DRapidJob", "GLB", 1),
  /**
   * Higher quality; makes OBJ and GLB unless a format is requested, and GLB cannot be requested.
   */
  PRO("SubmitHunyuanTo3DProJob", "QueryHunyuanTo3DProJob", null, 3);

  private final String submitAction;
  private final String queryAction;
  private final String resultFormat;
  private final int openJobs;

  Tier(String submitAction, String queryAction, String resultFormat, int openJobs) {
    this.submitAction = submitAction;
    this.queryAction = queryAction;
    this.resultFormat = resultFormat;
    this.openJobs = openJobs;
  }

  /** Returns the tier with this name in the settings. */
  static Tier of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Returns the tier of a job's submission, from the application's id of the job. */
  static Optional<Tier> ofJob(String id) {
    return Arrays.stream(values()).filter(tier -> id.startsWith(tier.prefix())).findFirst();
  }

  /** Returns the application's id of a job, which contains its tier. */
  String idOf(String jobId) {
    return prefix() + jobId;
  }

  /** Returns Tencent's own id of a job of this tier. */
  String jobIdOf(String id) {
    return id.substring(prefix().length());
  }

  private String prefix() {
    return name().toLowerCase(Locale.ROOT) + ":";
  }

  String submitAction() {
    return submitAction;
  }

  String queryAction() {
    return queryAction;
  }

  /** Returns the value of {@code ResultFormat} at submission; null if it is omitted. */
  String resultFormat() {
    return resultFormat;
  }

  /** Returns the limit of open jobs of an account without additional purchases. */
  int openJobs() {
    return openJobs;
  }
}
