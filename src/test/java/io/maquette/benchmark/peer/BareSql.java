package io.maquette.benchmark.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The floor: no queue, no leases, no history; each hand takes a task from its beginning to its end,
 * with a statement and a commit for each step.
 */
final class BareSql extends Peer {

  private final ExecutorService threads = Executors.newFixedThreadPool(hands);

  private BareSql() throws Exception {}

  public static void main(String[] arguments) throws Exception {
    new BareSql().serve();
  }

  @Override
  void begin(String batch, int count) {
    for (int i = 0; i < count; i++) {
      String id = batch + "-" + i;
      threads.execute(() -> make(id));
    }
  }

  private void make(String id) {
    try {
      create(id);
      if (whole) {
        for (int index = 0; index < 4; index++) {
          makePicture(id, index);
        }
        choose(id);
      }
      submit(id);
      complete(id, jobOf(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
