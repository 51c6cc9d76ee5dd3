/**
 * Tests of concurrent code without sleeping: virtual time.
 *
 * @module
 */
export { VirtualHost, type VirtualHostOptions } from "./virtual-host.js";
