package dev.efsautopilot.accesspoints;

import dev.efsautopilot.intent.Owner;
import dev.efsautopilot.intent.PathTemplate;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Map;

/** Which access point a request wants. */
sealed interface Wanted {

    /** What says how an access point is made, and nothing of one that is there. */
    List<String> OF_A_NEW_ONE = List.of("path", "uid", "gid", "gids", "mode");

    /**
     * One for this directory, made where it is not there.
     *
     * @param owner as whom it acts
     */
    record Made(PathTemplate path, Owner owner) implements Wanted {}

    /** The one with this id, whoever made it. */
    record Adopted(String id) implements Wanted {}

    /** What the fields of a request say. */
    static Result<Wanted> parse(Map<String, String> fields) {
        var id = fields.get("accessPoint");
        if (id == null) {
            var path = fields.get("path");
            var template = path == null ? PathTemplate.DEFAULT : new PathTemplate(path);
            return Owner.parse("request", fields)
                    .then(owner -> Result.ok(new Made(template, owner)));
        }
        var meaningless = OF_A_NEW_ONE.stream().filter(fields::containsKey).findFirst();
        if (meaningless.isPresent()) {
            return Result.refused(
                    Refusal.invalid(
                            meaningless.get(),
                            "has no meaning beside accessPoint",
                            "leave one of the two out"));
        }
        return id.matches("fsap-[0-9a-f]{8,40}")
                ? Result.ok(new Adopted(id))
                : Result.refused(
                        Refusal.invalid(
                                "accessPoint",
                                "'" + id + "' is no access point",
                                "write its id, fsap-0123456789abcdef0"));
    }
}
