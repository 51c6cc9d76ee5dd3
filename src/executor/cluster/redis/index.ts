/**
 * The way to Redis: the packages that speak to it, and a connection that tells whether it stands.
 *
 * @module
 */
export type { ClusterConnection } from "./connection.js";
export { loadPeers, type Peers } from "./peers.js";
export { type ClusterPlace, type ClusterPlaceOptions, placeOf } from "./place.js";
export { RedisLink } from "./redis-link.js";
