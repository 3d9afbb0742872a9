package dev.efsautopilot.accesspoints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.intent.Owner;
import dev.efsautopilot.intent.PathTemplate;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.storage.AccessPointWish;
import dev.efsautopilot.storage.Admission;
import dev.efsautopilot.storage.Adoption;
import dev.efsautopilot.storage.FileSystems;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be done for a request.
 *
 * @param request what was asked
 * @param fileSystem whose owner allows it
 * @param step what it comes to
 */
record AccessPointPlan(AccessPointRequest request, FileSystem fileSystem, AccessPointStep step) {

    /**
     * Reads what a request names, and decides.
     *
     * @param fileSystems finds its file system
     * @param adoption finds the access point that it names
     * @param stack the stack's name
     */
    record Maker(FileSystems fileSystems, Adoption adoption, String stack) {

        Result<AccessPointPlan> plan(JsonNode json) {
            return AccessPointRequest.parse(json)
                    .then(request ->
                            fileSystems
                                    .find("fileSystem", request.fileSystem())
                                    .then(fileSystem ->
                                            step(request, fileSystem)
                                                    .then(step ->
                                                            Result.ok(
                                                                    new AccessPointPlan(
                                                                            request,
                                                                            fileSystem,
                                                                            step)))));
        }

        private Result<AccessPointStep> step(AccessPointRequest request, FileSystem fileSystem) {
            var why = "it was asked for " + subject(request);
            return switch (request.wanted()) {
                case Wanted.Made(var path, var owner) ->
                        wish(request, fileSystem, path, owner)
                                .then(wish ->
                                        Result.ok(
                                                new AccessPointStep.CreateAccessPoint(wish, why)));
                case Wanted.Adopted(var id) ->
                        adoption.of("accessPoint", fileSystem, id)
                                .then(found ->
                                        Result.ok(
                                                new AccessPointStep.AdoptAccessPoint(found, why)));
            };
        }

        private Result<AccessPointWish> wish(
                AccessPointRequest request, FileSystem fileSystem, PathTemplate path, Owner owner) {
            return path.fill("path", request.family(), request.volume())
                    .then(filled -> Admission.admit(fileSystem, "path", filled))
                    .then(admitted ->
                            Result.ok(
                                    new AccessPointWish(
                                            fileSystem.id(),
                                            admitted,
                                            owner,
                                            stack,
                                            request.family(),
                                            request.volume())));
        }
    }

    /** What it is about, in a few words. */
    String subject() {
        return subject(request);
    }

    private static String subject(AccessPointRequest request) {
        return request.family() + "/" + request.volume();
    }

    /** What is known before it is done. */
    Map<String, ?> expected() {
        var path =
                switch (step) {
                    case AccessPointStep.CreateAccessPoint(var wish, _) -> wish.path().text();
                    case AccessPointStep.AdoptAccessPoint(var found, _) -> found.root().path();
                };
        return zoned(Map.of("fileSystemId", fileSystem.id(), "path", path));
    }

    /** What a caller gets, and the zone out of which alone tasks can mount a One Zone one. */
    Map<String, ?> result(AccessPoint made) {
        return zoned(
                Map.of(
                        "accessPointId", made.id(),
                        "accessPointArn", made.arn(),
                        "fileSystemId", made.root().fileSystemId(),
                        "path", made.root().path(),
                        "uid", made.root().uid(),
                        "gid", made.root().gid()));
    }

    private Map<String, ?> zoned(Map<String, ?> result) {
        var more = new TreeMap<String, Object>(result);
        fileSystem.availabilityZone().ifPresent(zone -> more.put("availabilityZone", zone));
        return more;
    }
}
