package io.maquette.task;

import io.maquette.config.Setting;
import io.maquette.config.Settings;

/**
 * Limits on the tasks of one user.
 *
 * @param waiting maximum number of waiting tasks; null for the configured default
 * @param daily maximum number of tasks created on a day (UTC); null for the configured default
 */
public record Quota(Integer waiting, Integer daily) {

  /** Default quota: both limits come from the settings. */
  public static final Quota AS_SET = new Quota(null, null);

  int waiting(Settings settings) {
    return waiting == null ? settings.get(Setting.QUEUE_USER_LIMIT) : waiting;
  }

  int daily(Settings settings) {
    return daily == null ? settings.get(Setting.QUOTA_DAILY) : daily;
  }
}
