package dev.waggle.node.runtime;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.WireMessage;

/** Takes what an extension sends, on any thread, to the node thread, which knows the links. */
record ExtensionSender(Mailbox mailbox, int feature) implements Extension.Sender {
  @Override
  public boolean send(LinkId link, Bytes body) {
    return mailbox.offer(new Incoming.Extended(link, new WireMessage.Extension(feature, body)));
  }
}
