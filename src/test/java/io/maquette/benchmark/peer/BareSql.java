package io.maquette.benchmark.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The floor: no queue and no leases; each hand takes a task from its beginning to its end, with a
 * statement and a commit for each step. On equal work it has history and ledger, too.
 */
final class BareSql extends Peer {

  private final ExecutorService threads = Executors.newFixedThreadPool(hands);

  private BareSql() throws Exception {}

  public static void main(String[] arguments) throws Exception {
    new BareSql().serve();
  }

  @Override
  void begin(List<String> ids) {
    for (String id : ids) {
      threads.execute(() -> make(id));
    }
  }

  private void make(String id) {
    try {
      create(id);
      if (whole) {
        makePictures(id);
        choose(id);
      }
      submit(id);
      complete(id, jobOf(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
