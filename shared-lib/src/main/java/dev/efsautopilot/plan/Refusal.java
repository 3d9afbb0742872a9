package dev.efsautopilot.plan;

/**
 * Why something asked for is not done: a value, not an exception.
 *
 * @param kind what is wrong, which decides the HTTP status
 * @param field the tag, word or field it is about, e.g. {@code efs-autopilot/volume/data: uid}
 * @param problem what is wrong with it
 * @param remedy what a person has to do
 */
public record Refusal(Kind kind, String field, String problem, String remedy) {

    /** A log line, an answer and an event have to hold it, whatever somebody sent. */
    private static final int LONGEST = 1000;

    /** Quotes of what came in are cut where they are endless. */
    public Refusal {
        field = cut(field);
        problem = cut(problem);
        remedy = cut(remedy);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** What is wrong, with the HTTP status that says so. */
    public enum Kind {
        /** What was asked is not valid. */
        INVALID(400),
        /** The owner did not opt in, or forbids it. */
        FORBIDDEN(403),
        /** It names something that is not there. */
        NOT_FOUND(404),
        /** It contradicts what is there. */
        CONFLICT(409),
        /** It is more than is taken. */
        TOO_LARGE(413),
        /** It reuses what belongs to something else. */
        UNPROCESSABLE(422);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    /** What was asked is not valid. */
    public static Refusal invalid(String field, String problem, String remedy) {
        return new Refusal(Kind.INVALID, field, problem, remedy);
    }

    /** The owner did not opt in, or forbids it. */
    public static Refusal forbidden(String field, String problem, String remedy) {
        return new Refusal(Kind.FORBIDDEN, field, problem, remedy);
    }

    /** It names something that is not there. */
    public static Refusal notFound(String field, String problem, String remedy) {
        return new Refusal(Kind.NOT_FOUND, field, problem, remedy);
    }

    /** It contradicts what is there. */
    public static Refusal conflict(String field, String problem, String remedy) {
        return new Refusal(Kind.CONFLICT, field, problem, remedy);
    }

    /** The refusal as one sentence. */
    public String sentence() {
        return field + ": " + problem + "; " + remedy;
    }
}
