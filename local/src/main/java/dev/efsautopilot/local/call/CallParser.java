package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Understands a request: which service, which operation, which parameters, whose key. */
public final class CallParser {
    private static final Pattern CREDENTIAL =
            Pattern.compile("Credential=([^/,\\s]+)/\\d{8}/([^/,\\s]+)/([^/,\\s]+)/aws4_request");
    private static final Set<String> QUERY_SERVICES =
            Set.of("ec2", "sts", "iam", "cloudformation", "monitoring");
    private static final Set<String> READ_AS_JSON =
            Set.of("ecs", "events", "dynamodb", "logs", "scheduler");

    private final String account;
    private final String defaultRegion;
    private final Map<String, Principal> functions;

    /**
     * @param functions the functions by their access key id; read at each call, so it may grow
     */
    public CallParser(String account, String defaultRegion, Map<String, Principal> functions) {
        this.account = account;
        this.defaultRegion = defaultRegion;
        this.functions = functions;
    }

    /** Never fails: what is not understood is a call with the method as its operation. */
    public AwsCall parse(Request request) {
        var query = Form.parse(request.query());
        var signed =
                request.header("Authorization")
                        .orElse("Credential=" + query.getOrDefault("X-Amz-Credential", ""));
        var matcher = CREDENTIAL.matcher(signed);
        var found = matcher.find();
        var key = found ? matcher.group(1) : "";
        var region = found ? matcher.group(2) : defaultRegion;
        var service = service(found ? matcher.group(3) : "", request);
        var caller = caller(key);

        var target = request.header("X-Amz-Target").orElse("");
        if (!target.isEmpty()) {
            var operation = target.substring(target.lastIndexOf('.') + 1);
            return new AwsCall(service, operation, json(service, request), caller, region, request);
        }
        if (QUERY_SERVICES.contains(service)) {
            var form =
                    Form.parse(request.method().equals("GET") ? request.query() : request.text());
            var operation = form.getOrDefault("Action", request.method());
            return new AwsCall(service, operation, Form.nest(form), caller, region, request);
        }
        return rest(service, caller, region, request, query);
    }

    private static AwsCall rest(
            String service,
            Caller caller,
            String region,
            Request request,
            Map<String, String> query) {
        var route = RestRoutes.find(service, request.method(), request.path());
        if (route.isEmpty()) {
            return new AwsCall(service, request.method(), Json.object(), caller, region, request);
        }
        var parameters = Json.object();
        if (!service.equals("lambda")) {
            parameters.setAll(objectOrEmpty(request));
            query.forEach(parameters::put);
        }
        parameters.setAll(route.get().parameters());
        return new AwsCall(service, route.get().operation(), parameters, caller, region, request);
    }

    private Caller caller(String key) {
        var principal = functions.get(key);
        return principal == null
                ? new Caller.User(account, key)
                : new Caller.Function(account, key, principal);
    }

    private static String service(String scope, Request request) {
        if (!scope.isEmpty()) {
            return scope;
        }
        var path = request.path();
        if (path.startsWith("/2015-02-01/")) {
            return "elasticfilesystem";
        }
        if (path.startsWith("/2015-03-31/")) {
            return "lambda";
        }
        return path.startsWith("/_aws/execute-api/") ? "execute-api" : "unknown";
    }

    private static ObjectNode json(String service, Request request) {
        return READ_AS_JSON.contains(service) ? objectOrEmpty(request) : Json.object();
    }

    private static ObjectNode objectOrEmpty(Request request) {
        var text = request.text();
        if (!text.startsWith("{")) {
            return Json.object();
        }
        try {
            return Json.copy(Json.parse(text));
        } catch (IllegalArgumentException notJson) {
            // The service itself answers what is wrong with it.
            return Json.object();
        }
    }
}
