/** What template.yaml says, held against what the code does and the documents tell. */
@NullMarked
package dev.efsautopilot.local.template;

import org.jspecify.annotations.NullMarked;
