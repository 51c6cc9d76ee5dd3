/*
 * A condition (src/shared/shared-condition.ts) on a word that is parked on (parking.ts), by callers who block and by one
 * thread's callers who await (async-line.ts). The condition's lock is a box here; lock.pml opens it.
 *
 * A step here is one access to memory there: docs/shared-memory-proof.md says which line is which.
 *
 * Bounds: ITEMS items are put, one by one, each with one notification, and BLOCKING + 1 threads take them; the last one
 * awaits: its callers may leave while they wait, and others come, and so find a sleep of the thread that they did not begin.
 * TIMED: who blocks may give up, looks once more, and comes again. DEATHS threads die while they wait; what they had not taken
 * is left to others.
 */
#ifndef BLOCKING
#define BLOCKING 2
#endif
#ifndef ITEMS
#define ITEMS 3
#endif
#ifndef DEATHS
#define DEATHS 0
#endif
#define NOBODY 255
#define THREADS (BLOCKING + 2)
#define AWAITS BLOCKING
#define PUTS (BLOCKING + 1)

byte owner = NOBODY, changes, items, wanted = ITEMS, deaths = DEATHS;
byte leaves = 2;                         /* so many give up in all */
chan sleepers = [THREADS] of { byte };   /* the platform wakes in this order */
bool woken[THREADS];
chan exits = [THREADS] of { byte };      /* as they are heard of */

#if DEATHS > 0
#define MAY_DIE if :: atomic { deaths > 0 -> deaths--; goto dies } :: skip fi
#else
#define MAY_DIE skip
#endif

inline wakeOne() {
  atomic { if :: nempty(sleepers) -> sleepers ? w; woken[w] = true; w = 0 :: empty(sleepers) fi }
}

inline wakeAll() {
  atomic { do :: nempty(sleepers) -> sleepers ? w; woken[w] = true; w = 0 :: empty(sleepers) -> break od }
}

inline notify() {
#ifndef NOT_COUNTED
  changes++;
#endif
#ifndef WAKE_NOBODY
  wakeOne()
#endif
}

inline take() {
  atomic { owner == NOBODY -> owner = i }
}

/* Called with the lock held. True in `done` if nothing is left to do for anybody. */
inline look(takes) {
  atomic {
    got = false; done = false;
    if
    :: items > 0 && takes -> items--; wanted--; got = true
    :: !(items > 0 && takes) -> done = (wanted == 0)
    fi
  }
}

proctype Puts(byte i) {
  byte left = ITEMS, w;
  do
  :: left == 0 -> break
  :: left > 0 -> left--;
    take();
    items++;
    notify();
    owner = NOBODY
  od;
  /* All that could be taken has been: send home those who wait still. */
  wanted == 0;
  take();
  changes++;
  wakeAll();
  owner = NOBODY
}

proctype Blocks(byte i) {
  byte w, seen; bool got, done, slept, timedOut, mayLeave;
again:
#ifdef TIMED
  if :: leaves > 0 -> mayLeave = true :: mayLeave = false fi; /* one that always may would wait for nothing in vain */
#endif
  take();
  do
  :: look(true);
    if :: got || done -> break :: else fi;
#ifdef LOOK_AFTER_GIVING
    owner = NOBODY;
    seen = changes;
#else
    seen = changes;
    owner = NOBODY;
#endif
    MAY_DIE;
    atomic { slept = (changes == seen); if :: slept -> sleepers ! i :: else fi };
    seen = 0;
    if
    :: slept ->
      if
      :: atomic { woken[i] -> woken[i] = false }
#ifdef TIMED
      :: atomic { mayLeave && leaves > 0 && sleepers ?? [eval(i)] -> sleepers ?? eval(i); leaves--; timedOut = true }
#endif
#if DEATHS > 0
      :: atomic { deaths > 0 -> deaths--; goto dies }
#endif
      fi
    :: else
    fi;
    slept = false;
    MAY_DIE;
    take();
    if
    :: timedOut -> timedOut = false;
      look(true);
      if :: got || done :: else -> owner = NOBODY; goto again fi;
      break
    :: else
    fi
  od;
  owner = NOBODY;
  if :: done -> goto ended :: else -> goto again fi;
dies:
  atomic { exits ! i; woken[i] = false; if :: sleepers ?? [eval(i)] -> sleepers ?? eval(i) :: else fi };
ended: skip
}

/* `asleep`: the thread's one sleep on the word is under way; `sleptOn` what was there; `parkedOn` what its caller saw. */
proctype Awaits(byte i) {
  byte w, parkedOn, sleptOn; bool got, done, asleep, left, picky, mayLeave;
again:
  if :: leaves > 0 -> mayLeave = true :: mayLeave = false fi;
  take();
  do
  :: look(!picky);
    if :: got || done -> break :: else fi;
    parkedOn = changes;
    owner = NOBODY;
    MAY_DIE;
    do
    :: !asleep ->
      atomic { if :: changes == parkedOn -> sleepers ! i; asleep = true; sleptOn = parkedOn :: else fi };
      if :: !asleep -> break :: else fi
    :: atomic { asleep && woken[i] -> woken[i] = false; asleep = false };
      MAY_DIE;
#ifndef STALE_SLEEP_KEEPS
      /* Begun before the latest caller came: the wake-up may be for one who waited elsewhere already. */
      if :: sleptOn != parkedOn -> wakeOne() :: else fi;
#endif
      if :: picky && sleptOn == parkedOn -> wakeOne() :: else fi;  /* what was for it, it hands on */
      break
    :: atomic { asleep && mayLeave && leaves > 0 -> leaves--; left = true }; break
#if DEATHS > 0
    :: atomic { asleep && deaths > 0 -> deaths--; goto dies }
#endif
    od;
    if
    :: atomic { mayLeave && leaves > 0 && !left -> leaves--; left = true }  /* cancelled while it takes the lock */
    :: skip
    fi;
    parkedOn = 0; if :: !asleep -> sleptOn = 0 :: else fi;
    take();
    if
    :: left -> left = false;
#ifndef LEAVER_KEEPS
      notify();
#endif
      owner = NOBODY;
      /* Its event loop may hear of a wake-up while nobody waits here. */
      if
      :: atomic { asleep && woken[i] -> woken[i] = false; asleep = false };
#ifndef KEEP_WAKE_UP
        wakeOne()
#endif
      :: skip
      fi;
      if
      :: goto again
#if DEATHS == 0
      :: picky = true; goto again    /* it waits for something else, which never comes */
      :: goto idle
#endif
      fi
    :: else
    fi
  od;
  owner = NOBODY;
  if :: done -> goto idle :: else -> goto again fi;
idle: do
  :: atomic { asleep && woken[i] -> woken[i] = false; asleep = false };
#ifndef KEEP_WAKE_UP
    wakeOne()
#endif
  :: atomic { !(asleep && woken[i]) && wanted == 0 -> break }
  od;
  goto ended;
dies:
  atomic { exits ! i; woken[i] = false; if :: sleepers ?? [eval(i)] -> sleepers ?? eval(i) :: else fi };
ended: skip
}

/* The exit handler of the thread that started the others. Who dies here holds no lock. */
proctype Recovers() {
  byte d, w;
endRecovers: do
  :: exits ? d;
#ifndef NO_RECOVERY
    changes++;
    wakeAll();
#endif
    d = 0
  od
}

init {
  atomic {
    byte t = 0;
    do
    :: t < BLOCKING -> run Blocks(t); t++
    :: else -> break
    od;
    run Awaits(AWAITS);
    run Puts(PUTS);
#if DEATHS > 0
    run Recovers();
#endif
  }
}
