package dev.efsautopilot.local.lambda;

/** What is deployed. */
@FunctionalInterface
public interface FunctionCatalog {

    /**
     * Reads how a function is deployed now.
     *
     * @param wanted a function and its version
     * @return how it is deployed
     * @throws UnknownFunctionException when it is not
     */
    FunctionSpec describe(FunctionVersion wanted);
}
