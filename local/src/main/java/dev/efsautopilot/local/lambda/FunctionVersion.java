package dev.efsautopilot.local.lambda;

/**
 * What an invocation asks for. Each version has environments of its own, so that a new deployment
 * never answers with old code.
 *
 * @param name the function's name
 * @param version a published version, or {@code $LATEST}
 */
public record FunctionVersion(String name, String version) {}
