package io.maquette.task;

import io.maquette.config.Setting;
import io.maquette.config.Settings;

/**
 * How many tasks somebody may have.
 *
 * @param waiting that may wait; null for what the settings say
 * @param daily that may be created on a day (UTC); null for what the settings say
 */
public record Quota(Integer waiting, Integer daily) {

  /** Of somebody of whom nothing else is said. */
  public static final Quota AS_SET = new Quota(null, null);

  int waiting(Settings settings) {
    return waiting == null ? settings.get(Setting.QUEUE_USER_LIMIT) : waiting;
  }

  int daily(Settings settings) {
    return daily == null ? settings.get(Setting.QUOTA_DAILY) : daily;
  }
}
