/*
 * Readers and writers (src/shared/shared-rw-lock.ts): the roster of readers, the count of leavings, and the writer that
 * sleeps on it. The writers' lock is a box here; lock.pml opens it.
 *
 * A step here is one access to memory there: docs/shared-memory-proof.md says which line is which.
 *
 * Bounds: THREADS threads read or write, as they like, TURNS times each. TIMED: a writer may give up while it waits for
 * readers, and come again. DEATHS threads die anywhere.
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

byte owner = NOBODY, leavings, deaths = DEATHS;
bool reads[THREADS];
byte sleeper = NOBODY; bool woken;     /* only the owner sleeps on the leavings, so there is one at most */
byte readers, writers;                 /* who is in */
chan exits = [THREADS] of { byte };      /* as they are heard of */

#if DEATHS > 0
#define MAY_DIE if :: atomic { deaths > 0 -> deaths--; goto dies } :: skip fi
#define MAY_DIE_IN(count) if :: atomic { deaths > 0 -> deaths--; count--; goto dies } :: skip fi
#else
#define MAY_DIE skip
#define MAY_DIE_IN(count) skip
#endif

inline wake() {
  atomic { if :: sleeper != NOBODY -> sleeper = NOBODY; woken = true :: else fi }
}

inline tellWriter() {
#ifndef NOT_COUNTED
  leavings++;
#endif
  MAY_DIE;
#ifndef WAKE_NOBODY
  wake()
#endif
}

inline leave() {
#ifdef TELL_BEFORE_LEAVING
  if :: owner != NOBODY -> tellWriter() :: owner == NOBODY fi;
  reads[i] = false
#else
  reads[i] = false;
  MAY_DIE;
#ifndef LEAVE_IN_SILENCE
  if :: owner != NOBODY -> tellWriter() :: owner == NOBODY fi
#endif
#endif
}

/* One place after the other: a reader may come or leave behind the look. */
inline lookAtReaders() {
  k = 0; noReader = true;
  do
  :: k < THREADS && reads[k] -> noReader = false; break
  :: k < THREADS && !reads[k] -> k++
  :: k == THREADS -> break
  od;
  k = 0
}

proctype Thread(byte i) {
  byte k, seen, turns = TURNS; bool noReader, slept, mayLeave;
  do
  :: turns == 0 -> break
  :: turns > 0 -> turns--;
    reads[i] = true;
    MAY_DIE;
#ifndef READ_WITHOUT_LOOKING
    if
    :: owner == NOBODY -> skip
    :: owner != NOBODY ->
      leave();
      MAY_DIE;
      atomic { owner == NOBODY -> owner = i };
      MAY_DIE;
#ifdef GIVE_BEFORE_JOINING
      owner = NOBODY;
      reads[i] = true
#else
      reads[i] = true;
      MAY_DIE;
      owner = NOBODY
#endif
    fi;
#endif
    readers++;
    assert(writers == 0);
    MAY_DIE_IN(readers);
    readers--;
    leave();
    MAY_DIE
  :: turns > 0 -> turns--;
#ifdef TIMED
    if :: mayLeave = true :: mayLeave = false fi;    /* one that always may would wait for nothing in vain */
#endif
    atomic { owner == NOBODY -> owner = i };
    do
    :: MAY_DIE;
#ifdef LOOK_BEFORE_COUNTING
      lookAtReaders();
      seen = leavings;
#else
      seen = leavings;
      lookAtReaders();
#endif
      if :: noReader -> break :: else fi;
      MAY_DIE;
      atomic { slept = (leavings == seen); if :: slept -> sleeper = i :: else fi };
      if
      :: slept ->
        if
        :: atomic { woken -> woken = false }
#ifdef TIMED
        :: atomic { mayLeave && sleeper == i -> sleeper = NOBODY; goto givesUp }
#endif
#if DEATHS > 0
        :: atomic { deaths > 0 -> deaths--; goto dies }
#endif
        fi
      :: else
      fi
    od;
    noReader = false; seen = 0;
    writers++;
    assert(writers == 1 && readers == 0);
    MAY_DIE_IN(writers);
    writers--;
givesUp:
    slept = false;
    owner = NOBODY;
nextTurn: skip
  od;
  goto ended;
dies:
  atomic {
    exits ! i;
    if :: owner == i -> sleeper = NOBODY; woken = false :: else fi
  };
ended: skip
}

/* The exit handler of the thread that started the others. */
proctype Recovers() {
  byte d;
endRecovers: do
  :: exits ? d;
    atomic { if :: owner == d -> owner = NOBODY :: else fi };
#ifndef NOT_STRUCK
#ifdef STRUCK_IN_SILENCE
    if :: reads[d] -> reads[d] = false; leavings++; wake() :: else fi;
#else
    reads[d] = false;
    leavings++; wake();
#endif
#endif
    d = 0
  od
}

init {
  atomic {
    byte t = 0;
    do
    :: t < THREADS -> run Thread(t); t++
    :: else -> break
    od;
#if DEATHS > 0
    run Recovers();
#endif
  }
}
