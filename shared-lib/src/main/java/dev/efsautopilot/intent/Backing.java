package dev.efsautopilot.intent;

/** What of the file system a volume shows. */
public sealed interface Backing {

    /** A directory through an access point that is made for it. */
    record NewAccessPoint(PathTemplate path, Owner owner) implements Backing {}

    /** What an access point that is there shows. */
    record GivenAccessPoint(String id) implements Backing {}

    /** A directory itself, without an access point; it must exist. */
    record PlainDirectory(PathTemplate path) implements Backing {}
}
