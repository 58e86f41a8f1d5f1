package io.maquette.batch.steps;

import io.maquette.batch.BatchRunService;
import io.maquette.batch.BatchStep;
import io.maquette.batch.BatchTaskService;
import io.maquette.batch.ImportOrder;
import io.maquette.batch.ItemResult;
import io.maquette.batch.JobFailedException;
import io.maquette.batch.LocalRun;
import io.maquette.batch.PromptFile;
import io.maquette.batch.PromptFile.Entry;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.task.TaskQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Batch step that creates one task per line of a prompt file. */
@ApplicationScoped
@Named("prompts")
public class ImportedPrompts implements BatchStep<Entry> {

  /** Number of lines between two checks of the queue's limit. */
  private static final int ROOM_CHECK = 100;

  private BatchRunService runs;
  private BatchTaskService tasks;
  private TaskQueries queries;
  private Settings settings;

  /** Required by CDI. */
  protected ImportedPrompts() {}

  @Inject
  public ImportedPrompts(
      BatchRunService runs, BatchTaskService tasks, TaskQueries queries, Settings settings) {
    this.runs = runs;
    this.tasks = tasks;
    this.queries = queries;
    this.settings = settings;
  }

  private PromptFile fileOf(LocalRun run) {
    return new PromptFile(ImportOrder.format(run.parameters()), runs.input(run.id()));
  }

  @Override
  public OptionalLong count(LocalRun run) {
    return OptionalLong.of(fileOf(run).count());
  }

  @Override
  public Iterator<Entry> items(LocalRun run, String after) {
    Iterator<Entry> lines = fileOf(run).entries(after == null ? 0 : Long.parseLong(after));
    return new Iterator<>() {
      private int taken;

      @Override
      public boolean hasNext() {
        return lines.hasNext();
      }

      @Override
      public Entry next() {
        if (taken++ % ROOM_CHECK == 0) {
          checkRoomInQueue();
        }
        return lines.next();
      }
    };
  }

  /** Checks the limit of waiting tasks of all users, which also applies to operators. */
  private void checkRoomInQueue() {
    int limit = settings.get(Setting.QUEUE_LIMIT);
    long waiting =
        queries.queues().entrySet().stream()
            .filter(queue -> queue.getKey().isPending())
            .mapToLong(queue -> queue.getValue().depth())
            .sum();
    if (waiting >= limit) {
      throw new JobFailedException(
          waiting + " tasks are waiting; restart the run when the queue has capacity");
    }
  }

  @Override
  public String positionOf(Entry entry) {
    return Long.toString(entry.number());
  }

  @Override
  public Supplier<ItemResult> process(LocalRun run, Entry entry) {
    if (entry.problem() != null) {
      return () -> ItemResult.skipped(entry.number(), "BAD_LINE", entry.problem());
    }
    return () -> {
      tasks.create(ImportOrder.owner(run.parameters()), entry.prompt(), run.actor());
      return ItemResult.WRITTEN;
    };
  }
}
