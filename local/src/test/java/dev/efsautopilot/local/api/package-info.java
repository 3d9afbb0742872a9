/** The API's document, held against the template and against the answers. */
@NullMarked
package dev.efsautopilot.local.api;

import org.jspecify.annotations.NullMarked;
