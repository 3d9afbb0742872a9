package dev.efsautopilot.intent;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;

/** A POSIX user or group. */
public sealed interface PosixId {

    /** The API's largest: {@code PosixUser.Uid}. */
    long LARGEST = 4294967295L;

    /** This one, 1 to 4294967295. */
    record Given(@JsonValue long id) implements PosixId {}

    /** One out of the stack's range that no other directory of the file system has. */
    record Auto() implements PosixId {

        /** The word for it. */
        @JsonValue
        String word() {
            return "auto";
        }
    }

    /**
     * The id in a word's value: a number, or {@code auto}.
     *
     * @param field what a refusal is about
     */
    static Result<PosixId> parse(String field, String text) {
        return text.equals("auto")
                ? Result.ok(new Auto())
                : number(field, text).then(id -> Result.ok(new Given(id)));
    }

    /** The number in a word's value; root is refused, since it needs {@code ClientRootAccess}. */
    static Result<Long> number(String field, String text) {
        if (!text.matches("\\d{1,10}") || Long.parseLong(text) > LARGEST) {
            return Result.refused(
                    Refusal.invalid(
                            field,
                            "'" + text + "' is no POSIX id",
                            "write a number from 1 to " + LARGEST));
        }
        var id = Long.parseLong(text);
        return id == 0
                ? Result.refused(
                        Refusal.forbidden(
                                field,
                                "0 is root, which needs elasticfilesystem:ClientRootAccess",
                                "write the id that the container runs as, e.g. 1000"))
                : Result.ok(id);
    }
}
