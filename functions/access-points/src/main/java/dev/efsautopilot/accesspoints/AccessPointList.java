package dev.efsautopilot.accesspoints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.AccessPointPage;
import dev.efsautopilot.aws.EfsAccessPoints;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.event.Form;
import dev.efsautopilot.intent.FileSystemName;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.storage.FileSystems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lists the access points of a file system, page by page, where its owner opted in.
 *
 * @param stack the stack's name, by which its own are known
 */
record AccessPointList(EfsAccessPoints accessPoints, FileSystems fileSystems, String stack) {

    private static final Form FORM = Form.texts("fileSystem", "nextToken").counts("limit");
    private static final int MOST = 100;

    /** Whether it is this that a request asks for: it names a file system, and nothing to make. */
    static boolean isAskedFor(JsonNode request) {
        return request.has("fileSystem")
                && AccessPointRequest.FIELDS.stream()
                        .noneMatch(field -> !field.equals("fileSystem") && request.has(field));
    }

    Outcome of(JsonNode request) {
        return Outcome.of(
                FORM.check(request)
                        .then(it -> FileSystemName.parse("fileSystem", Json.text(it, "fileSystem")))
                        .then(name -> fileSystems.find("fileSystem", name))
                        .then(AccessPointList::optedIn)
                        .then(fileSystem -> page(fileSystem, request)));
    }

    private static Result<FileSystem> optedIn(FileSystem fileSystem) {
        return fileSystem.allow().isPresent()
                ? Result.ok(fileSystem)
                : Result.refused(
                        Refusal.forbidden(
                                "fileSystem",
                                fileSystem.id() + " has no tag " + FileSystem.ALLOW,
                                "its owner opts in with that tag"));
    }

    private Result<Outcome> page(FileSystem fileSystem, JsonNode request) {
        return accessPoints
                .page(
                        fileSystem.id(),
                        request.path("limit").asInt(MOST),
                        Json.optionalText(request, "nextToken"))
                .then(page ->
                        Result.ok(
                                new Outcome.Done(
                                        fileSystem.id(), List.of(), result(fileSystem, page))));
    }

    private Map<String, ?> result(FileSystem fileSystem, AccessPointPage page) {
        var result = new TreeMap<String, Object>();
        result.put("fileSystemId", fileSystem.id());
        result.put("accessPoints", page.accessPoints().stream().map(this::entry).toList());
        page.nextToken().ifPresent(token -> result.put("nextToken", token));
        return result;
    }

    private Map<String, ?> entry(AccessPoint accessPoint) {
        var root = accessPoint.root();
        var entry =
                new TreeMap<String, Object>(
                        Map.of(
                                "accessPointId", accessPoint.id(),
                                "path", root.path(),
                                "uid", root.uid(),
                                "gid", root.gid(),
                                "state", accessPoint.state(),
                                "managed",
                                        stack.equals(
                                                accessPoint.tags().get("efs-autopilot/managed"))));
        for (var what : List.of("family", "volume")) {
            var value = accessPoint.tags().get("efs-autopilot/" + what);
            if (value != null) {
                entry.put(what, value);
            }
        }
        return entry;
    }
}
