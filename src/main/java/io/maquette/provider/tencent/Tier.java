package io.maquette.provider.tencent;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What Tencent offers: the same service twice, with actions and limits of its own each
 * (cloud.tencent.com/document/product/1804/120838).
 */
enum Tier {
  /** Quicker and cheaper; makes the one format that is asked for. */
  RAPID("SubmitHunyuanTo3DRapidJob", "QueryHunyuanTo3DRapidJob", "GLB", 1),
  /** Finer; makes OBJ and GLB unless asked for a format, of which GLB is none. */
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

  /** The tier of this name in the settings. */
  static Tier of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The tier a job was submitted to, by the id we gave it. */
  static Optional<Tier> ofJob(String id) {
    return Arrays.stream(values()).filter(tier -> id.startsWith(tier.prefix())).findFirst();
  }

  /** The id we keep a job under, which remembers its tier. */
  String idOf(String jobId) {
    return prefix() + jobId;
  }

  /** Tencent's own id of a job of this tier. */
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

  /** What {@code ResultFormat} says at submission; null if it is left out. */
  String resultFormat() {
    return resultFormat;
  }

  /** Jobs an account may have open at once unless it has bought more. */
  int openJobs() {
    return openJobs;
  }
}
