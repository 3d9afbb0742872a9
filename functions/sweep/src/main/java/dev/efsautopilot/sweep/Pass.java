package dev.efsautopilot.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.time.Instant;
import java.util.List;

/**
 * One pass through all revisions in search of what is unused; it may take several sweeps.
 *
 * @param notes as the ledger keeps it
 */
record Pass(ObjectNode notes) {

    private static final String SUSPECTS = "suspects";
    private static final String SCANNED = "scanned";
    private static final String FAILED = "failed";
    private static final String ENDED = "ended";

    static Pass in(Memory memory) {
        return new Pass(memory.notes("accessPoints"));
    }

    /** Nothing is proved of any of these yet. */
    void begin(List<String> suspects) {
        over();
        suspects.forEach(notes.putArray(SUSPECTS)::add);
    }

    boolean begun() {
        return notes.has(SUSPECTS);
    }

    void over() {
        notes.remove(List.of(SUSPECTS, SCANNED, FAILED));
    }

    void end(Instant now) {
        over();
        notes.put(ENDED, now.toString());
    }

    boolean endedAfter(Instant time) {
        return Json.optionalText(notes, ENDED)
                .filter(at -> Instant.parse(at).isAfter(time))
                .isPresent();
    }

    boolean suspects(String id) {
        return left().contains(id);
    }

    /** It is used. */
    void acquit(String id) {
        var rest = left().stream().filter(other -> !other.equals(id)).toList();
        rest.forEach(notes.putArray(SUSPECTS)::add);
    }

    List<String> left() {
        return Json.texts(notes, SUSPECTS);
    }

    /** Something could not be read. */
    void fail() {
        notes.put(FAILED, true);
    }

    boolean proves() {
        return begun() && !notes.path(FAILED).asBoolean();
    }

    /** A revision that was read: numbers of a family only grow. */
    void scanned(String revision) {
        var highest = notes.withObjectProperty(SCANNED);
        var known = highest.path(family(revision)).asInt();
        highest.put(family(revision), Math.max(known, number(revision)));
    }

    /** Whether a revision was registered after its family was read. */
    boolean isNew(String revision) {
        return number(revision) > notes.path(SCANNED).path(family(revision)).asInt();
    }

    private static String family(String revision) {
        return revision.substring(revision.lastIndexOf('/') + 1, revision.lastIndexOf(':'));
    }

    private static int number(String revision) {
        return Integer.parseInt(revision.substring(revision.lastIndexOf(':') + 1));
    }
}
