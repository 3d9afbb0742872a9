package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * A call to AWS, understood.
 *
 * @param service the service as its endpoint and its IAM actions begin: {@code ecs}, {@code ec2},
 *     {@code elasticfilesystem}, {@code events}, {@code dynamodb}, …
 * @param operation for example {@code RunTask}; for a service whose calls are not read, the method
 * @param parameters the call's parameters with the names of the service's API; those of EC2 in the
 *     nested form in which CloudTrail shows them; empty for a service whose calls are not read
 */
public record AwsCall(
        String service,
        String operation,
        ObjectNode parameters,
        Caller caller,
        String region,
        Request request) {
    private static final Pattern READ =
            Pattern.compile(
                    "(Get|List|Describe|BatchGet|Query|Scan|Head|Lookup|Search|Test|Validate"
                            + "|Preview|Simulate|Decode|GET|HEAD).*");

    /** True for this operation of this service. */
    public boolean is(String otherService, String otherOperation) {
        return service.equals(otherService) && operation.equals(otherOperation);
    }

    /** True where the call may change something. */
    public boolean isWrite() {
        return !READ.matcher(operation).matches();
    }

    /** A string parameter, empty where it is absent. */
    public String parameter(String name) {
        return parameters.path(name).asText();
    }

    /** The same call of a JSON service with other parameters. */
    public AwsCall withParameters(ObjectNode others) {
        return new AwsCall(
                service, operation, others, caller, region, request.withBody(others.toString()));
    }

    /** The same call of a query service (EC2) with another form as its body. */
    public AwsCall withForm(String form) {
        return withRequest(request.withBody(form));
    }

    /** The same call sent otherwise. */
    public AwsCall withRequest(Request other) {
        return new AwsCall(service, operation, parameters, caller, region, other);
    }
}
