/**
 * AWS access: clients made once per process, errors by code, paging. The only package that imports
 * the SDK's clients.
 */
@NullMarked
package dev.efsautopilot.aws;

import org.jspecify.annotations.NullMarked;
