import { Lock, Semaphore, sleep } from "../../../dist/index.js";

/** A computer: so many of its threads compute at once as it has cores, the others wait their turn. */
class Machine {
  #cores;

  constructor(cores) {
    this.#cores = new Semaphore(cores);
  }

  thread() {
    return new Thread(this.#cores);
  }
}

/** Does one thing at a time, in the order in which it was asked. */
class Thread {
  #cores;
  #turn = new Lock();
  busyUs = 0;

  constructor(cores) {
    this.#cores = cores;
  }

  async compute(us) {
    if (us === 0) return;
    const turn = await this.#turn.acquire();
    const core = await this.#cores.acquire();
    await sleep(us / 1_000);
    this.busyUs += us;
    core.release();
    turn.release();
  }
}

/** Submitter, Redis and hosts on one machine of so many cores. */
export const together = (cores) => (hosts) => {
  const machine = new Machine(cores);
  return {
    submitter: machine.thread(),
    redis: machine.thread(),
    hosts: Array.from({ length: hosts }, () => machine.thread()),
  };
};

/** Each on a machine of its own. */
export const apart = (hosts) => {
  const alone = () => new Machine(1).thread();
  return { submitter: alone(), redis: alone(), hosts: Array.from({ length: hosts }, alone) };
};
