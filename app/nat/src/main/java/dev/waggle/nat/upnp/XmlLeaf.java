package dev.waggle.nat.upnp;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of an XML document that holds text and nothing else.
 *
 * <p>A document type makes it no document to us: it is all that entities, and what they bring
 * (files, other hosts, billions of laughs), come by. Whoever calls bounds the bytes.
 *
 * @param name local
 * @param parent a number of the element around it, 1 or more; those of one parent have the same
 * @param text without the space around it
 */
record XmlLeaf(String name, int parent, String text) {
  static final int MAX_DEPTH = 32;
  static final int MAX_ELEMENTS = 4096;

  private static final XMLInputFactory FACTORY = factory();

  private static XMLInputFactory factory() {
    // The JDK's own: another one on the class path may not know these properties.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing else is read");
        });
    return factory;
  }

  /** Reads a document; null for what is none, has a document type, or is too deep or too large. */
  static @Nullable List<XmlLeaf> parse(byte[] document) {
    try {
      XMLStreamReader reader;
      synchronized (FACTORY) {
        reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
      }
      return read(reader);
    } catch (XMLStreamException | RuntimeException e) {
      return null; // The JDK's parser meets some bytes with exceptions of other kinds.
    }
  }

  private static @Nullable List<XmlLeaf> read(XMLStreamReader reader) throws XMLStreamException {
    List<XmlLeaf> leaves = new ArrayList<>();
    Deque<Integer> path = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    boolean leaf = false;
    int elements = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
          return null;
        }
        case XMLStreamConstants.START_ELEMENT -> {
          if (path.size() >= MAX_DEPTH || ++elements > MAX_ELEMENTS) {
            return null;
          }
          path.addLast(elements);
          text.setLength(0);
          leaf = true;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          path.removeLast();
          if (leaf && !path.isEmpty()) {
            leaves.add(new XmlLeaf(reader.getLocalName(), path.getLast(), text.toString().strip()));
          }
          leaf = false;
        }
        default -> {}
      }
    }
    return leaves;
  }
}
