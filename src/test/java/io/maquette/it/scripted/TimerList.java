package io.maquette.it.scripted;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import java.util.List;

/** EJB timers of the application, as its server lists them. */
@Singleton
public class TimerList {

  @Resource private TimerService timers;

  /** Returns the names of all timers that are not persistent. */
  public List<String> names() {
    return timers.getAllTimers().stream()
        .filter(timer -> !timer.isPersistent())
        .map(Timer::getInfo)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }
}
