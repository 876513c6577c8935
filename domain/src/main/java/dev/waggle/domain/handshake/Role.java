package dev.waggle.domain.handshake;

/**
 * One of the two sides of a handshake, with the labels of what it signs and of its keys.
 *
 * <p>No label is shared, so what one side made can never pass as the other's: a reflected signature
 * does not hold, a reflected sealed part does not open (PROTOCOL §4.4, §4.5).
 */
public enum Role {
  INITIATOR(
      "waggle/1 initiator signature",
      "waggle/1 initiator sealing key",
      "waggle/1 initiator mac key",
      "waggle/1 initiator traffic secret"),
  RESPONDER(
      "waggle/1 responder signature",
      "waggle/1 responder sealing key",
      "waggle/1 responder mac key",
      "waggle/1 responder traffic secret");

  private final String signatureLabel;
  private final String sealingKeyLabel;
  private final String macKeyLabel;
  private final String trafficSecretLabel;

  Role(String signature, String sealingKey, String macKey, String trafficSecret) {
    this.signatureLabel = signature;
    this.sealingKeyLabel = sealingKey;
    this.macKeyLabel = macKey;
    this.trafficSecretLabel = trafficSecret;
  }

  String signatureLabel() {
    return signatureLabel;
  }

  String sealingKeyLabel() {
    return sealingKeyLabel;
  }

  String macKeyLabel() {
    return macKeyLabel;
  }

  String trafficSecretLabel() {
    return trafficSecretLabel;
  }
}
