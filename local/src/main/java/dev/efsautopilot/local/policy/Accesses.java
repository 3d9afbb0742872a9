package dev.efsautopilot.local.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Caller;
import dev.efsautopilot.local.call.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a function's call has to be allowed: the actions, resources and condition keys of the
 * Service Authorization Reference. An operation that is not here needs its own name on {@code *}.
 */
final class Accesses {

    private final AwsCall call;
    private final Arns arns;
    private final Lookups lookups;
    private final Map<String, List<String>> context;

    private Accesses(AwsCall call, Caller.Function caller, Lookups lookups) {
        this.call = call;
        this.arns = new Arns(call.region(), caller.account());
        this.lookups = lookups;
        this.context =
                Map.of(
                        "lambda:SourceFunctionArn",
                        List.of(arns.of("lambda", "function:" + caller.name())));
    }

    static List<Access> of(AwsCall call, Caller.Function caller, Lookups lookups) {
        var it = new Accesses(call, caller, lookups);
        return switch (call.service()) {
            case "ecs" -> new EcsAccesses(it, call, it.arns, lookups).needed();
            case "ec2" -> new Ec2Accesses(it, call, it.arns).needed();
            case "elasticfilesystem" -> new EfsAccesses(it, call, it.arns, lookups).needed();
            case "dynamodb" -> it.tables();
            case "events" -> it.events();
            case "scheduler" -> it.schedules();
            case "iam" -> it.roles();
            case "s3files" -> it.s3Files();
            default -> it.plain();
        };
    }

    /** The operation's own action, for a call without a resource. */
    List<Access> plain() {
        return List.of(own("*"));
    }

    /** The operation's own action on a resource. */
    Access own(String resource) {
        return own(resource, Map.of());
    }

    /** The operation's own action, with condition keys of this call. */
    Access own(String resource, Map<String, List<String>> more) {
        return on(action(), resource, more);
    }

    /** Another action that comes with the call. */
    Access on(String action, String resource, Map<String, List<String>> more) {
        var all = new HashMap<>(context);
        all.putAll(more);
        return new Access(action, resource, all, () -> lookups.tags(resource));
    }

    /** What a service calls in the function's name: the function's own condition keys are gone. */
    Access via(String action, String resource) {
        return Access.to(action, resource, Map.of("aws:ViaAWSService", List.of("true")));
    }

    /** A role that is handed to a service. */
    Access pass(String role, String service) {
        return on(
                "iam:PassRole",
                role.startsWith("arn:") ? role : arns.role(role),
                Map.of("iam:PassedToService", List.of(service)));
    }

    /** The condition keys of tags in a request: a list of {@code key} and {@code value}. */
    static Map<String, List<String>> tagKeys(JsonNode tags) {
        var keys = new HashMap<String, List<String>>();
        if (!tags.isEmpty()) {
            keys.put("aws:TagKeys", tags.valueStream().map(tag -> text(tag, "key")).toList());
        }
        tags.valueStream()
                .forEach(tag ->
                        keys.put(
                                "aws:RequestTag/" + text(tag, "key"), List.of(text(tag, "value"))));
        return keys;
    }

    /** The services differ in whether members begin with a capital letter. */
    static String text(JsonNode node, String name) {
        var capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return node.path(name).asText(node.path(capital).asText());
    }

    private String action() {
        var service = call.service().equals("monitoring") ? "cloudwatch" : call.service();
        return service + ":" + call.operation();
    }

    private List<Access> tables() {
        var named = Stream.of(call.parameter("TableName")).filter(name -> !name.isEmpty());
        var batch =
                call.parameters().path("RequestItems").properties().stream().map(Map.Entry::getKey);
        return Stream.concat(named, batch)
                .map(name -> own(arns.named("dynamodb", "table/", name)))
                .toList();
    }

    private List<Access> events() {
        return call.parameters()
                .path("Entries")
                .valueStream()
                .map(entry ->
                        own(
                                arns.named(
                                        "events",
                                        "event-bus/",
                                        entry.path("EventBusName").asText("default")),
                                Map.of("events:source", List.of(entry.path("Source").asText()))))
                .toList();
    }

    private List<Access> schedules() {
        var group = text(call.parameters(), "groupName");
        var name = (group.isEmpty() ? "default" : group) + "/" + call.parameter("Name");
        var schedule = own(arns.of("scheduler", "schedule/" + name));
        var role = call.parameters().at("/Target/RoleArn").asText();
        return role.isEmpty()
                ? List.of(schedule)
                : List.of(schedule, pass(role, "scheduler.amazonaws.com"));
    }

    private List<Access> roles() {
        var name = call.parameter("roleName");
        var source = call.parameter("policySourceArn");
        return List.of(own(name.isEmpty() ? source : arns.role(name)));
    }

    /** An access point's ARN has that of its file system, which its id does not tell. */
    private List<Access> s3Files() {
        var fileSystem = call.parameter("fileSystemId");
        return switch (call.operation()) {
            case "GetFileSystem", "GetFileSystemPolicy" ->
                    List.of(own(arns.named("s3files", "file-system/", fileSystem)));
            case "GetAccessPoint" ->
                    List.of(
                            own(
                                    arns.of(
                                            "s3files",
                                            "file-system/*/access-point/"
                                                    + call.parameter("accessPointId"))));
            default -> plain();
        };
    }

    /** The tags that a request makes a resource with, in EC2's form. */
    static JsonNode specified(AwsCall call) {
        return call.parameters().at("/tagSpecificationSet/items/0/tagSet/items");
    }

    /** The texts of a list of the request. */
    static Stream<String> texts(AwsCall call, String name) {
        return Json.strings(call.parameters().path(name));
    }
}
