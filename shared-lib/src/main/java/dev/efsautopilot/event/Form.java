package dev.efsautopilot.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The fields that a request may have, each of one type. Whatever else it has is refused: a field
 * that is written wrongly must not be a silent default.
 */
public final class Form {

    private record Type(String words, Predicate<JsonNode> fits) {}

    private static final Type TEXT = new Type("a text that is not blank", Form::isText);
    private static final Type TRUTH =
            new Type(
                    "true or false", value -> value.isBoolean() || isOneOf(value, "true", "false"));
    private static final Type TEXTS =
            new Type(
                    "a list of texts",
                    value -> value.isArray() && value.valueStream().allMatch(Form::isText));
    private static final Type COUNT =
            new Type(
                    "a whole number from 1 to 100",
                    value -> value.asText().matches("[1-9]\\d?|100") && value.isValueNode());

    private final Map<String, Type> fields;

    private Form(Map<String, Type> fields) {
        this.fields = fields;
    }

    /** A form with these fields, each a text. */
    public static Form texts(String... names) {
        return new Form(Map.of()).and(TEXT, names);
    }

    /** And these, each {@code true} or {@code false}. */
    public Form truths(String... names) {
        return and(TRUTH, names);
    }

    /** And these, each a list of texts. */
    public Form lists(String... names) {
        return and(TEXTS, names);
    }

    /** And these, each a number from 1 to 100, which a query writes as a text. */
    public Form counts(String... names) {
        return and(COUNT, names);
    }

    /** The request, where it has fields of this form only. */
    public Result<JsonNode> check(JsonNode request) {
        return Result.all(
                        request.properties().stream()
                                .map(field -> check(field.getKey(), field.getValue()))
                                .toList())
                .then(_ -> Result.ok(request));
    }

    private Result<JsonNode> check(String name, JsonNode value) {
        var type = fields.get(name);
        if (type == null) {
            return Result.refused(
                    Refusal.invalid(
                            name,
                            "is no field of this request",
                            "use " + String.join(", ", fields.keySet())));
        }
        return type.fits.test(value)
                ? Result.ok(value)
                : Result.refused(Refusal.invalid(name, "is not " + type.words, "write that"));
    }

    private Form and(Type type, String... names) {
        var more = new LinkedHashMap<>(fields);
        List.of(names).forEach(name -> more.put(name, type));
        return new Form(more);
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual() && !value.textValue().isBlank();
    }

    private static boolean isOneOf(JsonNode value, String... texts) {
        return value.isTextual() && List.of(texts).contains(value.textValue());
    }
}
