package io.maquette.push;

import io.maquette.task.TaskEvent;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;

/**
 * History of all tasks, read as one log. A row gets its number when it is written and becomes
 * visible when its transaction commits. So a row may appear after rows with higher numbers. Rows of
 * one task always appear in the order of their numbers.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class ChangeLog {

  @PersistenceContext private EntityManager entities;

  /** For the container. */
  public ChangeLog() {}

  public ChangeLog(EntityManager entities) {
    this.entities = entities;
  }

  /** Returns the highest visible number; 0 if the log is empty. */
  public long last() {
    Long last =
        entities.createQuery("select max(e.id) from TaskEvent e", Long.class).getSingleResult();
    return last == null ? 0 : last;
  }

  /**
   * Reads rows after a position.
   *
   * @param after rows with higher numbers are read
   * @param gaps lower numbers whose rows are read, too
   * @param max maximum number of rows; those with the lowest numbers are read
   * @return rows in the order of their numbers
   */
  public List<TaskEvent> read(ChangeScope scope, long after, Collection<Long> gaps, int max) {
    StringBuilder jpql = new StringBuilder("select e from TaskEvent e where ");
    jpql.append(gaps.isEmpty() ? "e.id > :after" : "(e.id > :after or e.id in :gaps)");
    if (scope.owner() != null) {
      jpql.append(" and e.owner = :owner");
    }
    if (scope.taskId() != null) {
      jpql.append(" and e.taskId = :task");
    }
    TypedQuery<TaskEvent> query =
        entities
            .createQuery(jpql.append(" order by e.id").toString(), TaskEvent.class)
            .setParameter("after", after)
            .setMaxResults(max);
    if (!gaps.isEmpty()) {
      query.setParameter("gaps", gaps);
    }
    if (scope.owner() != null) {
      query.setParameter("owner", scope.owner());
    }
    if (scope.taskId() != null) {
      query.setParameter("task", scope.taskId());
    }
    return query.getResultList();
  }
}
