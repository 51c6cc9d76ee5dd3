import { host as chance } from "../../../dist/core/index.js";
import { now, Queue, sleep } from "../../../dist/index.js";
import { VirtualHost } from "../../../dist/testing/index.js";

/**
 * The way of parcels through a cluster, on virtual time. Each parcel costs the submitter, Redis and its host as much
 * computing as `costsUs` says, in these pieces:
 *
 *   submitter packs ─▶ Redis adds ─▶ Redis hands out ─▶ host unpacks ─▶ a worker works ─▶ host packs
 *                 submitter unpacks ◀─ Redis keeps the reply ◀──────────────────────────────┘
 *                                      Redis ends the job; the slot is free
 *
 * `inFlight` parcels are under way at a time; their work takes half to one and a half of `workMs`. Who computes waits for its turn and for a core; from one process to
 * another `hopMs` pass.
 *
 * @returns parcels per second while all slots are busy, and what part of that time each thread computed.
 */
export async function simulate(setting) {
  const run = new Run(setting);
  await new VirtualHost().run(() => run.all());
  return run.result();
}

class Run {
  #setting;
  #submitter;
  #redis;
  #hosts;
  /** Hosts, each as often as it has slots that are free. */
  #free = new Queue({ capacity: Infinity });
  #started = 0;
  #ended = 0;
  /** The first tenth and the last don't count: the slots fill up, and run empty. */
  #first;
  #last;
  #begin;
  #end;

  constructor(setting) {
    const { place, hosts, slots, parcels } = setting;
    const { submitter, redis, hosts: loops } = place(hosts);
    this.#setting = setting;
    [this.#submitter, this.#redis, this.#hosts] = [submitter, redis, loops];
    for (let slot = 0; slot < slots; slot += 1) loops.forEach((host) => this.#free.tryPut(host));
    this.#first = Math.ceil(parcels / 10);
    this.#last = Math.floor((parcels * 9) / 10);
  }

  async all() {
    const streams = Array.from({ length: this.#setting.inFlight }, () => this.#stream());
    await Promise.all(streams);
  }

  result() {
    const tookMs = this.#end.atMs - this.#begin.atMs;
    const busy = (who) => (this.#end[who] - this.#begin[who]) / 1_000 / tookMs;
    return {
      parcelsPerSecond: ((this.#last - this.#first) / tookMs) * 1_000,
      busy: { submitter: busy("submitter"), redis: busy("redis"), host: busy("host") },
    };
  }

  async #stream() {
    while (this.#started < this.#setting.parcels) {
      this.#started += 1;
      await this.#parcel();
      this.#ended += 1;
      if (this.#ended === this.#first) this.#begin = this.#snapshot();
      if (this.#ended === this.#last) this.#end = this.#snapshot();
    }
  }

  async #parcel() {
    const { workMs, hopMs, costsUs } = this.#setting;
    await this.#submitter.compute(costsUs.submitter / 2);
    await sleep(hopMs);
    await this.#redis.compute(costsUs.redis / 4);
    const host = await this.#free.get();
    await this.#redis.compute(costsUs.redis / 4);
    await sleep(hopMs);
    await host.compute(costsUs.host / 2);
    if (workMs > 0) await sleep(workMs * (0.5 + chance.random()));
    await host.compute(costsUs.host / 2);
    await sleep(hopMs);
    await this.#redis.compute(costsUs.redis / 4);
    const told = sleep(hopMs).then(() => this.#submitter.compute(costsUs.submitter / 2));
    await sleep(2 * hopMs); // the host hears that its reply stands, and only then ends the job
    await this.#redis.compute(costsUs.redis / 4);
    this.#free.tryPut(host);
    await told;
  }

  #snapshot() {
    const host = this.#hosts.reduce((sum, { busyUs }) => sum + busyUs, 0) / this.#hosts.length;
    const { busyUs: submitter } = this.#submitter;
    return { atMs: now(), submitter, redis: this.#redis.busyUs, host };
  }
}
