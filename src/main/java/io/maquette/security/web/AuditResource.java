package io.maquette.security.web;

import io.maquette.http.Audience;
import io.maquette.http.ListEnvelope;
import io.maquette.http.PageLimit;
import io.maquette.http.RequestFields;
import io.maquette.http.ServedTo;
import io.maquette.json.GuardedJson;
import io.maquette.persistence.Page;
import io.maquette.security.Audit;
import io.maquette.security.AuditEntry;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/** REST resource of the audit, newest entries first. */
@Path("admin/audit")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@ServedTo(Audience.OPERATORS)
public class AuditResource {

  /**
   * Audit entry in JSON.
   *
   * @param operator the operator's name for display
   * @param accountId id of the operator's account; null for the application itself
   * @param address the operator's network address
   * @param subject object of the action, such as {@code account:…}
   * @param before state before the action; null if the object did not exist; a text if it was cut
   * @param after state after the action, as {@code before}; null if the object no longer exists
   */
  public record EntryView(
      long id,
      Instant at,
      String operator,
      String accountId,
      String address,
      String node,
      String action,
      String subject,
      String reason,
      JsonValue before,
      JsonValue after) {
    static EntryView of(AuditEntry entry) {
      return new EntryView(
          entry.id(),
          entry.at(),
          entry.operator(),
          entry.accountId(),
          entry.address(),
          entry.node(),
          entry.action(),
          entry.subject(),
          entry.reason(),
          json(entry.before()),
          json(entry.after()));
    }

    private static JsonValue json(String state) {
      if (state == null) {
        return JsonValue.NULL;
      }
      try {
        return GuardedJson.value(state);
      } catch (JsonException e) {
        return Json.createValue(state);
      }
    }
  }

  @Inject private Audit audit;

  @GET
  public ListEnvelope list(
      @QueryParam("subject") String subject,
      @QueryParam("operator") String operator,
      @QueryParam("action") String action,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    int size = PageLimit.of(limit);
    Audit.Filter filter =
        new Audit.Filter(
            RequestFields.filter("subject", subject),
            RequestFields.filter("operator", operator),
            RequestFields.filter("action", action));
    return ListEnvelope.of(
        Page.of(
            audit.list(filter, size, RequestFields.cursor(cursor, null)),
            size,
            entry -> entry.id().toString()),
        EntryView::of);
  }
}
