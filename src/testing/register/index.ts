/**
 * Turns each `await` of the modules that are loaded after it into a step of explorations:
 * `node --import weftwork/testing/register --test`. Modules of packages stay as they are. It needs acorn.
 *
 * @module
 */
import { register } from "node:module";

register(new URL("hooks.js", import.meta.url));
