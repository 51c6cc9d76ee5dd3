/*
 * Who may run a job, when a pool takes back what it has sent ahead and workers die at any step:
 * src/executor/pool/pool-worker.ts and worker-pool.ts, src/executor/worker/task-host.ts.
 *
 * The pool and each worker are one thread. Frames arrive in order and each once (ring.pml has that), those
 * that a worker has published also after its death. Loads and stores of the words `started` and `epoch`
 * happen in one order that all agree on; each is a step of its own here.
 *
 * Laws, whatever the interleaving:
 *  1. A run begins, and goes on, only while the pool means this very run: no job runs twice, none after it
 *     has settled, none at two workers.
 *  2. Every job settles once, without any help of a worker that is busy for ever.
 *  3. The death of a worker fails no job that it has not noted as started, and none that it has answered.
 *  4. No run of the model ends before every job has settled ("invalid end state"), and none goes on for
 *     ever (there is no cycle at all: every one would be a "non-progress cycle").
 *
 * -D<seed> plants a bug; test/models.test.ts has the list, and each must be found.
 */
#ifndef JOBS
#define JOBS 2
#endif
#ifndef TAKES
#define TAKES 2 /* how often the pool takes back, from either worker */
#endif
#ifndef DEATHS
#define DEATHS 1 /* besides those of workers that are busy for ever */
#endif

#define WORKERS 2
#define UNDER_WAY 3 /* most frames on their way to one worker: then the pool hands it no more */
#define ANSWERS 6   /* never full, which is asserted */

/* Where a job is that no worker holds. */
#define IN_LINE WORKERS
#define SETTLED (WORKERS + 1)

mtype = { done, gaveBack };

/* The words, which outlive the worker. */
byte started[WORKERS];
byte epoch[WORKERS];

chan requests[WORKERS] = [UNDER_WAY] of { byte, byte, byte }; /* job, seq, epoch */
/* What a worker has sent and not yet published: it is lost if the worker dies. */
chan unshown[WORKERS] = [ANSWERS] of { mtype, byte, byte }; /* kind, job, seq */
chan responses[WORKERS] = [ANSWERS] of { mtype, byte, byte };

bit dying[WORKERS]; /* it does nothing more */
bit dead[WORKERS];
byte busyWith[WORKERS]; /* the job that it runs for ever, plus one */

/* What the pool knows of each job. */
byte place[JOBS];
byte seqOf[JOBS];
byte inLine = JOBS;
byte unsettled = JOBS;
/* For the laws only. */
bit ran[JOBS];
bit noted[JOBS];
bit answered[JOBS];

#define MEANT (place[job] == me && seqOf[job] == seq)

/* --- a worker --- */

inline note() {
  d_step {
    started[me] = seq;
    if
    :: MEANT -> noted[job] = 1
    :: else
    fi
  }
}

inline send(answer) {
  d_step { assert(nfull(unshown[me])); unshown[me]!answer, job, seq }
}

/* TaskHost.#start */
inline start() {
#ifdef EPOCH_BEFORE_NOTING
  now = epoch[me];
  note();
#else
  note();
  now = epoch[me];
#endif
#ifdef EPOCH_NOT_READ
  now = sentIn;
#endif
  if
  :: now != sentIn ->
#ifndef NOTHING_GIVEN_BACK
    send(gaveBack)
#else
    skip
#endif
  :: else ->
    d_step { assert(MEANT && !ran[job]); ran[job] = 1 } /* law 1 */
    if
    :: true
#ifdef SHOWN_TOO_LATE
    :: busyWith[me] = job + 1;
#else
    :: empty(unshown[me]) -> busyWith[me] = job + 1; /* TaskHost.pump: flush, then start */
#endif
end_busy:
      false
    fi;
    assert(MEANT);
    send(done)
  fi;
  d_step { job = 0; seq = 0; sentIn = 0; now = 0 }
}

inline publish() {
  d_step {
    do
    :: nempty(unshown[me]) ->
      unshown[me]?kind, job, seq;
      assert(nfull(responses[me]));
      responses[me]!kind, job, seq;
      answered[job] = answered[job] || (kind == done)
    :: empty(unshown[me]) -> break
    od;
    kind = 0; job = 0; seq = 0
  }
}

proctype Worker(bit me) {
  byte job, seq, sentIn, now;
  mtype kind;
  {
end:
    do
    :: requests[me]?job, seq, sentIn -> start()
    :: nempty(unshown[me]) -> publish()
    od
  } unless {
    dying[me] || unsettled == 0
  }
  dead[me] = 1
}

/* --- the pool --- */

#define HELD (place[job] == at && seqOf[job] == seq)

/* Into the line; or, if it is to be stopped, its end. */
inline putBack(job) {
  noted[job] = 0;
  if
  :: place[job] = IN_LINE; seqOf[job] = 0; inLine++
  :: settle(job)
  fi
}

inline settle(job) {
  d_step {
    assert(place[job] != SETTLED);
    place[job] = SETTLED;
    seqOf[job] = 0;
    ran[job] = 0; noted[job] = 0; answered[job] = 0; /* `MEANT` is false from now on */
    unsettled--
  }
}

#define MAY_HAND(w) (inLine > 0 && nfull(requests[w]) && !stuck[w])
#define HOLDS(w) (place[0] == w || place[1] == w || place[JOBS - 1] == w)
#define MAY_TAKE(w) (takes < TAKES && HOLDS(w))
#ifdef READ_BEFORE_DEATH
#define ASKED(w) asked[w]
#else
#define ASKED(w) true
#endif
#define MAY_DIE(w) (HOLDS(w) && ASKED(w) && !dying[w] && !stuck[w] && (deaths < DEATHS || busyWith[w]))
#define MAY_GIVE_UP(w) (busyWith[w] && !dying[w] && !stuck[0] && !stuck[1])
#ifdef GONE_BEFORE_HEARD
#define HAS_EXITED(w) (dead[w] && unsettled > 0)
#else
#define HAS_EXITED(w) (dead[w] && unsettled > 0 && empty(responses[w]))
#endif


/* PoolWorker.hand */
inline hand() {
  d_step {
    job = 0;
    do
    :: place[job] != IN_LINE -> job++
    :: else -> break
    od;
    inLine--;
    lastSeq[at]++;
    place[job] = at;
    seqOf[job] = lastSeq[at];
#ifdef SENT_WITH_THE_FIRST_EPOCH
    requests[at]!job, lastSeq[at], 0;
#else
    requests[at]!job, lastSeq[at], epochs[at];
#endif
    job = 0; at = 0
  }
}

/* PoolWorker.takeBack */
inline takeBack() {
  epochs[at]++;
#ifdef READ_BEFORE_RAISING
  last = started[at];
  epoch[at] = epochs[at];
#else
  epoch[at] = epochs[at];
  last = started[at];
#endif
  atomic {
    job = 0;
    do
    :: job == JOBS -> break
    :: job < JOBS && place[job] == at && seqOf[job] > last -> putBack(job); job++
    :: job < JOBS && !(place[job] == at && seqOf[job] > last) -> job++
    od;
    job = 0; last = 0; at = 0
  }
}

/* WorkerInbox.frame */
inline hear() {
  atomic {
    responses[at]?kind, job, seq;
    if
    :: kind == done -> assert(HELD); settle(job)
#ifdef NUMBER_NOT_LOOKED_AT
    :: kind == gaveBack && place[job] == at -> putBack(job)
    :: kind == gaveBack && place[job] != at
#else
    :: kind == gaveBack && HELD -> putBack(job)
    :: kind == gaveBack && !HELD /* it had been taken back already */
#endif
    fi;
    kind = 0; job = 0; seq = 0; at = 0
  }
}

/* It is killed, or crashes. The pool hears of it later. */
inline die() {
  d_step {
    dying[at] = 1;
    deaths = (busyWith[at] -> deaths : deaths + 1);
    at = 0
  }
}

/* WorkerPool.exited; and another worker in its place. */
inline exited() {
  atomic {
#ifndef READ_BEFORE_DEATH
    last = started[at];
#else
    last = seen[at];
#endif
    job = 0;
    do
    :: job == JOBS -> break
    :: job < JOBS && place[job] == at ->
#ifdef ALL_HANDED_ON
      last = 0;
#endif
#ifdef ALL_LOST
      last = 255;
#endif
      if
      :: seqOf[job] <= last -> assert(noted[job] && !answered[job]); settle(job) /* law 3 */
      :: else -> putBack(job)
      fi;
      job++
    :: job < JOBS && place[job] != at -> job++
    od;
    do
    :: requests[at]?_, _, _
    :: unshown[at]?_, _, _
    :: responses[at]?_, _, _
    :: empty(requests[at]) && empty(unshown[at]) && empty(responses[at]) -> break
    od;
#ifndef WORDS_OF_THE_DEAD
    started[at] = 0;
#endif
    epoch[at] = 0;
    epochs[at] = 0;
    lastSeq[at] = 0;
    busyWith[at] = 0;
    dying[at] = 0;
    dead[at] = 0;
    run Worker(at);
    job = 0; last = 0; at = 0
  }
}

/* PoolWatch: a worker does not answer. The model's pool waits no more for what it is busy with. */
inline giveUp() {
  stuck[at] = 1;
  takeBack();
  d_step { at = (stuck[0] -> 0 : 1); job = busyWith[at] - 1; settle(job); job = 0; at = 0 }
}

proctype Pool() {
  byte lastSeq[WORKERS], epochs[WORKERS];
  byte job, seq, at, last, takes, deaths;
  bit stuck[WORKERS];
#ifdef READ_BEFORE_DEATH
  byte seen[WORKERS];
  bit asked[WORKERS];
#endif
  mtype kind;

  do
#ifdef READ_BEFORE_DEATH
  :: atomic { !asked[0] -> asked[0] = 1; seen[0] = started[0] }
  :: atomic { !asked[1] -> asked[1] = 1; seen[1] = started[1] }
#endif
  :: atomic { MAY_HAND(0) -> at = 0; hand() }
  :: atomic { MAY_HAND(1) && lastSeq[0] > 0 -> at = 1; hand() } /* the first job goes to worker 0: they are alike */
  :: atomic { MAY_TAKE(0) -> takes++; at = 0 } takeBack()
  :: atomic { MAY_TAKE(1) -> takes++; at = 1 } takeBack()
  :: atomic { nempty(responses[0]) -> at = 0; hear() }
  :: atomic { nempty(responses[1]) -> at = 1; hear() }
  :: atomic { MAY_DIE(0) -> at = 0; die() }
  :: atomic { MAY_DIE(1) -> at = 1; die() }
  :: atomic { HAS_EXITED(0) -> at = 0; exited() }
  :: atomic { HAS_EXITED(1) -> at = 1; exited() }
  :: atomic { MAY_GIVE_UP(0) -> at = 0 } giveUp()
  :: atomic { MAY_GIVE_UP(1) -> at = 1 } giveUp()
  :: unsettled == 0 -> break
  od
}

init {
  byte job;
  atomic {
    for (job : 0 .. JOBS - 1) { place[job] = IN_LINE }
    run Pool();
    run Worker(0);
    run Worker(1)
  }
}
