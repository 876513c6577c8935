package dev.waggle.domain.punch;

/** Why nothing has come of a call, and for how long the two leave each other alone for it. */
enum Failure {
  NO_CONNECTION("no connection", Rest.LONGER_EACH_TIME),
  BOTH_DEPENDENT(
      "both routers use another port for each destination, which nobody can know",
      Rest.LONGER_EACH_TIME),
  TURNED_AWAY("the link was not kept", Rest.LONGER_EACH_TIME),
  NO_GO("the peer has called, and not gone on", Rest.ONCE),
  NO_ANSWER("the peer did not answer the call", Rest.ONCE),
  NOT_SIGNED("the answer was not the peer's", Rest.ONCE),
  UNWELCOME("the peer is at an address that this node does not dial", Rest.ONCE),
  /** It can be tried again through another one. */
  RELAY_GONE("the relay is gone", Rest.NONE),
  TOO_LATE("checking signatures took too long", Rest.NONE);

  /** How long. */
  enum Rest {
    NONE,
    ONCE,
    LONGER_EACH_TIME
  }

  private final String words;
  private final Rest rest;

  Failure(String words, Rest rest) {
    this.words = words;
    this.rest = rest;
  }

  Rest rest() {
    return rest;
  }

  /** Lower-case words for the operator. */
  String words(Punch punch) {
    if (this != NO_CONNECTION) {
      return words;
    }
    int tries = punch.tries();
    String inTries = words + " in " + tries + (tries == 1 ? " try" : " tries");
    if (punch.ours().mapping() == EndpointMapping.DEPENDENT) {
      return inTries + "; this node's router uses another port for each destination";
    }
    Terms theirs = punch.theirs();
    return theirs != null && theirs.mapping() == EndpointMapping.DEPENDENT
        ? inTries + "; the peer's router uses another port for each destination"
        : inTries;
  }
}
