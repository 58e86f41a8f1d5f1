package io.maquette.admin.jmx;

/** MBean of one provider, as this node sees it. */
@Description("One provider's state on this node")
public interface ProviderMXBean {

  @Description("Whether workers submit tasks to the provider")
  boolean getInUse();

  @Description(
      "Why the provider is not in use: PAUSED, BUSY, DOWN, UNAUTHORISED,"
          + " OUT_OF_CREDIT, MISCONFIGURED, RETIRED or UNFETCHED; empty while in use")
  String getClosedBecause();

  @Description("The provider's message; empty while in use")
  String getNotice();

  @Description("Seconds since the provider is not in use; 0 while in use")
  long getClosedSeconds();

  @Description("Seconds until the next trial request; 0 while in use or during a trial request")
  long getSecondsUntilTried();
}
