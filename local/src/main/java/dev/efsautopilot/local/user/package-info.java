/** What somebody does who uses AWS: ordinary SDK calls against an endpoint. */
@NullMarked
package dev.efsautopilot.local.user;

import org.jspecify.annotations.NullMarked;
