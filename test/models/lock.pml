/*
 * The lock in one word (src/shared/lock-word.ts), its callers who block (lock-core.ts) and who await (async-line.ts).
 *
 * A step here is one access to memory there: docs/shared-memory-proof.md says which line is which. A compare-and-swap
 * that is tried again until it succeeds is one atomic step, since only the try that succeeds changes anything.
 *
 * Bounds: THREADS threads take the lock TURNS times each. AWAIT: the last thread awaits, and may leave while it waits,
 * come again, and so use its sleep once more. TIMED: those who block may give up. FAIR. DEATHS threads die
 * anywhere, except the first.
 */
#ifndef THREADS
#define THREADS 3
#endif
#ifndef TURNS
#define TURNS 2
#endif
#ifndef DEATHS
#define DEATHS 0
#endif
#define NOBODY 255

byte owner = NOBODY; bool waiters, handOver;
chan sleepers = [THREADS] of { byte };   /* the platform wakes in this order */
bool woken[THREADS];
byte inside, deaths = DEATHS;
chan exits = [THREADS] of { byte };       /* exits, as they are heard of */

#if DEATHS > 0
#define MAY_DIE if :: atomic { i > 0 && deaths > 0 -> deaths--; goto dies } :: skip fi
#define MAY_DIE_INSIDE if :: atomic { i > 0 && deaths > 0 -> deaths--; inside--; goto dies } :: skip fi
#else
#define MAY_DIE skip
#define MAY_DIE_INSIDE skip
#endif

inline wakeOne(n) {
  atomic {
    n = 0;
    if :: nempty(sleepers) -> sleepers ? w; woken[w] = true; n = 1; w = 0 :: empty(sleepers) fi
  }
}

inline passOn() {
  wakeOne(n);
#ifndef HAND_OVER_STAYS
  if
  :: n == 0 ->
    MAY_DIE;
    atomic { if :: handOver -> handOver = false; waiters = false; n = 2 :: else fi };
    if
    :: n == 2 ->
      MAY_DIE;
#ifndef TAKEN_BACK_IN_SILENCE
      wakeOne(n)
#endif
    :: else
    fi
  :: else
  fi
#endif
}

inline give() {
  inside--;
  atomic {
    if
    :: !waiters -> owner = NOBODY; n = 1
    :: else -> n = 0
    fi
  };
  if
  :: n == 1
  :: else ->
    MAY_DIE;
#ifdef FAIR
    atomic { owner = NOBODY; handOver = true; waiters = true };
    MAY_DIE;
    passOn()
#else
    atomic { owner = NOBODY; waiters = false };
    MAY_DIE;
#ifndef WAKE_NOBODY
    wakeOne(n)
#endif
#endif
  fi
}

/* Takes the word, or says in `ok` that the caller is to sleep on what was seen. */
inline takeOrAnnounce(wasWoken) {
  atomic {
    if
    :: owner == NOBODY && (wasWoken || !handOver) ->
      owner = i; handOver = false;
#ifdef FORGET_OTHERS
      waiters = false;
#else
      waiters = wasWoken;
#endif
      ok = true
    :: else ->
#ifndef UNANNOUNCED
      waiters = true;
#endif
      seenOwner = owner; seenHandOver = handOver; seenWaiters = waiters; ok = false
    fi
  }
}

#define UNCHANGED (owner == seenOwner && handOver == seenHandOver && waiters == seenWaiters)

inline enter() {
  inside++;
  assert(inside == 1);
  MAY_DIE_INSIDE
}

inline die() {
  atomic {
    exits ! i; woken[i] = false;
    if :: sleepers ?? [eval(i)] -> sleepers ?? eval(i) :: else fi
  }
}

proctype Blocks(byte i) {
  byte n, w, seenOwner, turns = TURNS; bool ok, wasWoken, seenHandOver, seenWaiters, mayLeave;
  do
  :: turns == 0 -> break
  :: turns > 0 ->
    turns--;
#ifdef TIMED
    if :: mayLeave = true :: mayLeave = false fi;    /* one that always may would wait for nothing in vain */
#endif
    wasWoken = false;
    do
    :: takeOrAnnounce(wasWoken);
      if :: ok -> break :: else fi;
      MAY_DIE;
      atomic {
        wasWoken = false; ok = false;
        if :: UNCHANGED -> sleepers ! i; ok = true :: else fi
      };
      if
      :: ok ->
        if
        :: atomic { woken[i] -> woken[i] = false; wasWoken = true }
#ifdef TIMED
        :: atomic { mayLeave && sleepers ?? [eval(i)] -> sleepers ?? eval(i); goto nextTurn }
#endif
        fi
      :: else
      fi;
      MAY_DIE
    od;
    MAY_DIE;
    enter();
    give();
nextTurn: skip
  od;
  goto ended;
dies: die();
ended: skip
}

/* One caller at a time is in the line of this thread. `asleep`: the thread's one sleep on the word is under way. */
proctype Awaits(byte i) {
  byte n, w, seenOwner, turns = TURNS; bool ok, wasWoken, seenHandOver, seenWaiters, asleep, inLine, mayLeave;
again:
  do
  :: turns > 0 && !inLine -> turns--; inLine = true;
    if :: mayLeave = true :: mayLeave = false fi;
    if :: !asleep -> goto serve :: else fi
  :: inLine && asleep && mayLeave -> inLine = false   /* the caller is cancelled */
  :: atomic { asleep && woken[i] -> woken[i] = false; asleep = false; wasWoken = true };
    MAY_DIE;
    if
    :: inLine -> goto serve
    :: else ->
      wasWoken = false;
#ifndef KEEP_WAKE_UP
      passOn()
#endif
    fi
  :: turns == 0 && !inLine && !asleep -> goto ended
  :: turns == 0 && !inLine && asleep && !woken[i] ->
endIdle: if                                          /* nobody waits here; its event loop turns on */
    :: woken[i]
    :: atomic { i > 0 && deaths > 0 -> deaths--; goto dies }
    fi
  od;
serve:
  takeOrAnnounce(wasWoken);
  wasWoken = false;
  MAY_DIE;
  if
  :: ok ->
    inLine = false;
    enter();
    give()
  :: else ->
#ifdef SLEEP_BESIDE_CHANGE
    atomic { ok = UNCHANGED; if :: ok -> sleepers ! i :: else fi }; asleep = true
#else
    atomic { ok = UNCHANGED; if :: ok -> sleepers ! i; asleep = true :: else fi };
    if :: !ok -> goto serve :: else fi
#endif
  fi;
  goto again;
dies: die();
ended: skip
}

/* The exit handler of the thread that started the others. */
proctype Recovers() {
  byte d, w, n;
endRecovers: do
  :: exits ? d;
#ifndef NO_RECOVERY
    atomic {
      if
      :: owner == d -> owner = NOBODY; waiters = false; handOver = false
#ifndef DEAD_KEEP_HAND_OVER
      :: owner != d && handOver -> handOver = false; waiters = false
#endif
      :: else
      fi
    };
#ifndef WAKE_NOBODY_AFTER_DEATH
    atomic { do :: nempty(sleepers) -> wakeOne(n) :: empty(sleepers) -> break od; n = 0 };
#endif
#endif
    d = 0
  od
}

init {
  atomic {
    byte t = 0;
    do
    :: t < THREADS - 1 -> run Blocks(t); t++
    :: else -> break
    od;
#ifdef AWAIT
    run Awaits(t);
#else
    run Blocks(t);
#endif
#if DEATHS > 0
    run Recovers();
#endif
  }
}
