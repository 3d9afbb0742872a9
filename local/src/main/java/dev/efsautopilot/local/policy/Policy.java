package dev.efsautopilot.local.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.policy.Statement.Grant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements of a role's policies, taken together as IAM does. */
public record Policy(List<Statement> statements) {

    private static final Set<String> ELEMENTS =
            Set.of("Sid", "Effect", "Action", "Resource", "Condition");

    /**
     * Reads policy documents.
     *
     * @throws IllegalArgumentException where one says what is not evaluated here, such as NotAction
     */
    public static Policy of(List<JsonNode> documents) {
        return new Policy(
                documents.stream()
                        .flatMap(document -> each(document.path("Statement")))
                        .map(Policy::statement)
                        .toList());
    }

    /** What allows a request; none where nothing does, or where a statement denies it. */
    public List<Grant> allowing(Access access) {
        return denies(access)
                ? List.of()
                : statements.stream()
                        .filter(Statement::allows)
                        .flatMap(statement -> statement.covers(access).stream())
                        .toList();
    }

    /** Whether a statement denies a request, whatever others allow. */
    public boolean denies(Access access) {
        return statements.stream()
                .filter(statement -> !statement.allows())
                .anyMatch(statement -> statement.covers(access).isPresent());
    }

    /** The condition keys that its statements ask for. */
    public Set<String> conditionKeys() {
        return statements.stream()
                .flatMap(statement -> statement.conditions().stream())
                .map(Condition::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Statement statement(JsonNode json) {
        json.fieldNames()
                .forEachRemaining(name -> {
                    if (!ELEMENTS.contains(name)) {
                        throw new IllegalArgumentException("policy element " + name);
                    }
                });
        return new Statement(
                json.path("Sid").asText(),
                json.path("Effect").asText().equals("Allow"),
                each(json.path("Action")).map(JsonNode::asText).toList(),
                each(json.path("Resource")).map(JsonNode::asText).toList(),
                json.path("Condition").properties().stream()
                        .flatMap(operator ->
                                operator.getValue().properties().stream()
                                        .map(key ->
                                                new Condition(
                                                        Operator.of(operator.getKey()),
                                                        key.getKey(),
                                                        each(key.getValue())
                                                                .map(JsonNode::asText)
                                                                .toList())))
                        .toList());
    }

    /** The elements of an array; anything else is one element by itself. */
    private static Stream<JsonNode> each(JsonNode node) {
        return node.isArray() ? node.valueStream() : Stream.of(node);
    }
}
