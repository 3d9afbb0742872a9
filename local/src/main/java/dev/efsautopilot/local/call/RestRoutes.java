package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST operations that the gateway knows by name, from the services' API models. */
final class RestRoutes {
    private record Route(
            String service, String method, Pattern path, List<String> names, String operation) {}

    private static final List<Route> ROUTES =
            List.of(
                    efs("POST", "access-points", "CreateAccessPoint"),
                    efs("GET", "access-points", "DescribeAccessPoints"),
                    efs("DELETE", "access-points/{AccessPointId}", "DeleteAccessPoint"),
                    efs("POST", "file-systems", "CreateFileSystem"),
                    efs("GET", "file-systems", "DescribeFileSystems"),
                    efs("PUT", "file-systems/{FileSystemId}", "UpdateFileSystem"),
                    efs("DELETE", "file-systems/{FileSystemId}", "DeleteFileSystem"),
                    efs("GET", "file-systems/{FileSystemId}/policy", "DescribeFileSystemPolicy"),
                    efs("PUT", "file-systems/{FileSystemId}/policy", "PutFileSystemPolicy"),
                    efs("DELETE", "file-systems/{FileSystemId}/policy", "DeleteFileSystemPolicy"),
                    efs("POST", "mount-targets", "CreateMountTarget"),
                    efs("GET", "mount-targets", "DescribeMountTargets"),
                    efs("DELETE", "mount-targets/{MountTargetId}", "DeleteMountTarget"),
                    efs(
                            "GET",
                            "mount-targets/{MountTargetId}/security-groups",
                            "DescribeMountTargetSecurityGroups"),
                    efs(
                            "PUT",
                            "mount-targets/{MountTargetId}/security-groups",
                            "ModifyMountTargetSecurityGroups"),
                    efs("GET", "resource-tags/{ResourceId}", "ListTagsForResource"),
                    efs("POST", "resource-tags/{ResourceId}", "TagResource"),
                    efs("DELETE", "resource-tags/{ResourceId}", "UntagResource"),
                    s3Files("PUT", "file-systems", "CreateFileSystem"),
                    s3Files("GET", "file-systems/{fileSystemId}", "GetFileSystem"),
                    s3Files("PUT", "file-systems/{fileSystemId}/policy", "PutFileSystemPolicy"),
                    s3Files("GET", "file-systems/{fileSystemId}/policy", "GetFileSystemPolicy"),
                    s3Files("PUT", "access-points", "CreateAccessPoint"),
                    s3Files("GET", "access-points/{accessPointId}", "GetAccessPoint"),
                    s3Files("PUT", "mount-targets", "CreateMountTarget"),
                    s3Files("GET", "mount-targets", "ListMountTargets"),
                    route("scheduler", "POST", "/schedules/{Name}", "CreateSchedule"),
                    route("scheduler", "GET", "/schedules/{Name}", "GetSchedule"),
                    route("scheduler", "PUT", "/schedules/{Name}", "UpdateSchedule"),
                    route("scheduler", "DELETE", "/schedules/{Name}", "DeleteSchedule"),
                    route("scheduler", "GET", "/schedules", "ListSchedules"),
                    lambda("GET", "functions", "ListFunctions"),
                    lambda("POST", "functions", "CreateFunction"),
                    lambda("GET", "functions/{FunctionName}", "GetFunction"),
                    lambda("DELETE", "functions/{FunctionName}", "DeleteFunction"),
                    lambda(
                            "GET",
                            "functions/{FunctionName}/configuration",
                            "GetFunctionConfiguration"),
                    lambda(
                            "PUT",
                            "functions/{FunctionName}/configuration",
                            "UpdateFunctionConfiguration"),
                    lambda("PUT", "functions/{FunctionName}/code", "UpdateFunctionCode"),
                    lambda("POST", "functions/{FunctionName}/versions", "PublishVersion"),
                    lambda("POST", "functions/{FunctionName}/invocations", "Invoke"));

    private RestRoutes() {}

    /** An operation and the parameters that its path holds. */
    record Found(String operation, ObjectNode parameters) {}

    static Optional<Found> find(String service, String method, String path) {
        var plain = path.replaceAll("/+$", "");
        for (var route : ROUTES) {
            var matcher = route.path().matcher(plain);
            if (route.service().equals(service)
                    && route.method().equals(method)
                    && matcher.matches()) {
                return Optional.of(new Found(route.operation(), parameters(route, matcher)));
            }
        }
        return Optional.empty();
    }

    private static ObjectNode parameters(Route route, Matcher matcher) {
        var parameters = Json.object();
        for (int i = 0; i < route.names().size(); i++) {
            parameters.put(
                    route.names().get(i),
                    URLDecoder.decode(matcher.group(i + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static Route efs(String method, String path, String operation) {
        return route("elasticfilesystem", method, "/2015-02-01/" + path, operation);
    }

    private static Route s3Files(String method, String path, String operation) {
        return route("s3files", method, "/" + path, operation);
    }

    private static Route lambda(String method, String path, String operation) {
        return route("lambda", method, "/2015-03-31/" + path, operation);
    }

    private static Route route(String service, String method, String path, String operation) {
        var names =
                Pattern.compile("\\{(\\w+)}")
                        .matcher(path)
                        .results()
                        .map(result -> result.group(1))
                        .toList();
        var pattern = Pattern.compile(path.replaceAll("\\{\\w+}", "([^/]+)"));
        return new Route(service, method, pattern, names, operation);
    }
}
