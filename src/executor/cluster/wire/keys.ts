/** What weftwork keeps in Redis beside what BullMQ keeps of the queue, all under the queue's own name. */
export interface ClusterKeys {
  /** BullMQ's record of a job. */
  readonly job: (id: string) => string;
  /** A stream: what hosts tell this submitter. */
  readonly replies: (submitter: string) => string;
  /** A string that expires unless the submitter lives. */
  readonly lease: (submitter: string) => string;
  /** A hash: the orders for tasks of this submitter that have not settled. */
  readonly controls: (submitter: string) => string;
  /** A string that expires unless the host lives: how many slots it has. */
  readonly host: (id: string) => string;
  /** A set: the hosts, some of which may be gone. */
  readonly hosts: string;
  /** A channel: orders, as they are given. */
  readonly orders: string;
}

export function keysOf(prefix: string, queue: string): ClusterKeys {
  const base = `${prefix}:${queue}`;
  return {
    job: (id) => `${base}:${id}`,
    replies: (submitter) => `${base}:weft:replies:${submitter}`,
    lease: (submitter) => `${base}:weft:lease:${submitter}`,
    controls: (submitter) => `${base}:weft:controls:${submitter}`,
    host: (id) => `${base}:weft:host:${id}`,
    hosts: `${base}:weft:hosts`,
    orders: `${base}:weft:orders`,
  };
}
