/** Function doctor: explains why a mount fails. */
@NullMarked
package dev.efsautopilot.doctor;

import org.jspecify.annotations.NullMarked;
