package dev.efsautopilot.intent;

import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As whom an access point acts, and who owns its directory when it is made.
 *
 * @param uid the user
 * @param gid the group; Auto is the number that the user gets
 * @param gids secondary groups in rising order, each once, at most 16
 * @param mode permissions of the directory, four octal digits
 */
public record Owner(PosixId uid, PosixId gid, List<Long> gids, String mode) {

    /** The words that say it. */
    public static final Set<String> WORDS = Set.of("uid", "gid", "gids", "mode");

    private static final String DEFAULT_ID = "1000";
    private static final String DEFAULT_MODE = "0750";
    private static final int MOST_GROUPS = 16;

    /** Keeps the groups in rising order and the mode with four digits. */
    public Owner {
        gids = gids.stream().sorted().distinct().toList();
        mode = mode.length() == 3 ? "0" + mode : mode;
    }

    /**
     * The owner that the words name, with defaults for those that are absent.
     *
     * @param of what the words are in, for refusals
     */
    public static Result<Owner> parse(String of, Map<String, String> words) {
        var uid = words.getOrDefault("uid", DEFAULT_ID);
        var gid = words.getOrDefault("gid", uid.equals("auto") ? uid : DEFAULT_ID);
        if (gid.equals("auto") && !uid.equals("auto")) {
            return Result.refused(
                    Refusal.invalid(
                            field(of, "gid"),
                            "auto is the number that uid=auto gets",
                            "write uid=auto too, or a number"));
        }
        return PosixId.parse(field(of, "uid"), uid)
                .then(user ->
                        PosixId.parse(field(of, "gid"), gid)
                                .then(group ->
                                        groups(field(of, "gids"), words.getOrDefault("gids", ""))
                                                .then(groups ->
                                                        mode(
                                                                        field(of, "mode"),
                                                                        words.getOrDefault(
                                                                                "mode",
                                                                                DEFAULT_MODE))
                                                                .then(mode ->
                                                                        Result.ok(
                                                                                new Owner(
                                                                                        user, group,
                                                                                        groups,
                                                                                        mode))))));
    }

    private static Result<List<Long>> groups(String field, String text) {
        if (text.isEmpty()) {
            return Result.ok(List.of());
        }
        var ids = Arrays.asList(text.split(":", -1));
        return ids.size() > MOST_GROUPS
                ? Result.refused(
                        Refusal.invalid(
                                field,
                                ids.size() + " secondary groups, EFS takes 16",
                                "name fewer"))
                : Result.all(ids.stream().map(id -> PosixId.number(field, id)).toList());
    }

    private static Result<String> mode(String field, String text) {
        return text.matches("[0-7]{3,4}")
                ? Result.ok(text)
                : Result.refused(
                        Refusal.invalid(
                                field,
                                "'" + text + "' are no permissions",
                                "write three or four octal digits, as 0750"));
    }

    private static String field(String of, String word) {
        return of + ": " + word;
    }
}
