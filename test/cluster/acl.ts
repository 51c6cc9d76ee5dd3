/**
 * What a user of Redis may do who only submits to a queue, or only serves it. It stands in `docs/cluster.md`
 * too, and the contract is tried under it.
 */
const COMMANDS =
  "-@all +@string +@hash +@list +@set +@sortedset +@stream +@keyspace +@connection -@dangerous +eval +evalsha +info";

export const SUBMITTER: string = `${COMMANDS} +publish`;
export const HOST: string = `${COMMANDS} +subscribe +unsubscribe`;

/** Lines of redis.conf: users that may do so much, with these queues. */
export function usersFor(...queues: string[]): string[] {
  const keys = queues.map((queue) => `~bull:${queue}:*`).join(" ");
  const channels = queues.map((queue) => `&bull:${queue}:weft:orders`).join(" ");
  return [
    `user submitter on >secret resetkeys ${keys} resetchannels ${channels} ${SUBMITTER}`,
    `user host on >secret resetkeys ${keys} resetchannels ${channels} ${HOST}`,
  ];
}
