/**
 * The way to Redis: the packages that speak to it, and a connection that tells whether it stands.
 *
 * @module
 */
export { type ClusterConnection, requireConnection } from "./connection.js";
export { loadPeers, type Peers } from "./peers.js";
export { RedisLink } from "./redis-link.js";
