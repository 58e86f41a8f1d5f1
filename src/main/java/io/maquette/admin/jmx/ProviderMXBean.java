package io.maquette.admin.jmx;

/** MBean of one provider, as this node sees it. */
@Description("One provider over the network or of our own, as this node sees it")
public interface ProviderMXBean {

  @Description("Whether tasks are sent to it")
  boolean getInUse();

  @Description(
      "Why it is not in use: PAUSED, BUSY, DOWN, UNAUTHORISED, OUT_OF_CREDIT, MISCONFIGURED, RETIRED"
          + " or UNFETCHED; empty while in use")
  String getClosedBecause();

  @Description("The provider's own words to that; empty while in use")
  String getNotice();

  @Description("Seconds since that began; 0 while in use")
  long getClosedSeconds();

  @Description("Seconds until it is tried again; 0 while in use or being tried")
  long getSecondsUntilTried();
}
