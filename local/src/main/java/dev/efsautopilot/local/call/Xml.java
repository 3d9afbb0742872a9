package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The XML of EC2, read in the shape in which CloudTrail shows it. */
public final class Xml {
    private Xml() {}

    /**
     * The children of the root element. A list is {@code {"items": […]}}, an element {@code return}
     * is {@code _return}, true, false and whole numbers keep their types.
     *
     * @throws IllegalArgumentException where the text is not XML
     */
    public static ObjectNode toJson(String text) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var root =
                    factory.newDocumentBuilder()
                            .parse(new InputSource(new StringReader(text)))
                            .getDocumentElement();
            return value(root) instanceof ObjectNode object ? object : Json.object();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalArgumentException("not XML: " + e.getMessage(), e);
        }
    }

    /** Writes an object in the form that {@link #toJson} reads. */
    public static String write(String root, ObjectNode object) {
        var text = new StringBuilder();
        element(text, root, object);
        return text.toString();
    }

    private static void element(StringBuilder text, String name, JsonNode value) {
        text.append('<').append(name).append('>');
        if (value instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> {
                        var inner =
                                member.getKey().equals("items")
                                        ? member.getValue().values()
                                        : List.of(member.getValue()).iterator();
                        var tag =
                                switch (member.getKey()) {
                                    case "items" -> "item";
                                    case "_return" -> "return";
                                    default -> member.getKey();
                                };
                        inner.forEachRemaining(each -> element(text, tag, each));
                    });
        } else {
            text.append(escape(value.asText()));
        }
        text.append("</").append(name).append('>');
    }

    /** Text made safe for an element's content. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static JsonNode value(Element element) {
        var children = children(element);
        if (children.isEmpty()) {
            return scalar(element.getTextContent().strip());
        }
        var object = Json.object();
        if (children.stream().allMatch(child -> child.getTagName().equals("item"))) {
            var items = object.putArray("items");
            children.forEach(child -> items.add(value(child)));
            return object;
        }
        for (var child : children) {
            var name = child.getTagName();
            object.set(name.equals("return") ? "_return" : name, value(child));
        }
        return object;
    }

    private static JsonNode scalar(String text) {
        return switch (text) {
            case "" -> Json.object();
            case "true" -> Json.parse("true");
            case "false" -> Json.parse("false");
            default ->
                    text.matches("-?(0|[1-9]\\d{0,8})") ? Json.parse(text) : TextNode.valueOf(text);
        };
    }

    private static List<Element> children(Element element) {
        var children = new ArrayList<Element>();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }
}
