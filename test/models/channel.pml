/*
 * Records through a ring (src/shared/byte-ring.ts) and the two bells by which its ends wake each other (bell.ts,
 * channel-sender.ts, channel-receiver.ts). The locks that leave one sender and one receiver at a time are boxes here;
 * lock.pml opens them. A death frees them, as there.
 *
 * A step here is one access to memory there: docs/shared-memory-proof.md says which line is which.
 *
 * Bounds: SENDERS threads send RECORDS records in all, of one cell each, into CELLS cells; RECEIVERS receive until
 * the channel is closed and empty. Who is through closes it; CLOSING: somebody closes it at any time. DEATHS threads die
 * anywhere.
 */
#ifndef SENDERS
#define SENDERS 2
#endif
#ifndef RECEIVERS
#define RECEIVERS 2
#endif
#ifndef RECORDS
#define RECORDS 4
#endif
#ifndef CELLS
#define CELLS 2
#endif
#ifndef DEATHS
#define DEATHS 0
#endif
#define NOBODY 255
#define THREADS (SENDERS + RECEIVERS)
#define ROOM 0
#define ITEMS 1

byte cells[CELLS], written, read; bool closed;
byte writer = NOBODY, reader = NOBODY;
bool asked[2];
byte sleeper[2] = NOBODY;                /* only who holds the lock of an end sleeps there, so one at most */
bool woken[2];
byte next = 1, sent, got, deaths = DEATHS;  /* records are numbered from 1; `sent` and `got`: the last of them */
byte through;                            /* senders that have no more to send, or died */
chan exits = [THREADS] of { byte };      /* as they are heard of */

#if DEATHS > 0
#define MAY_DIE if :: atomic { deaths > 0 -> deaths--; goto dies } :: skip fi
#define OR_DIES :: atomic { deaths > 0 -> deaths--; goto dies }
#else
#define MAY_DIE skip
#define OR_DIES
#endif

inline wake(bell) {
  atomic { if :: sleeper[bell] != NOBODY -> sleeper[bell] = NOBODY; woken[bell] = true :: else fi }
}

inline ring(bell) {
  if
  :: asked[bell] ->
    MAY_DIE;
    atomic { rings = asked[bell]; asked[bell] = false };
    MAY_DIE;
#ifndef RING_FOR_NOBODY
    if :: rings -> rings = false; wake(bell) :: else fi
#endif
  :: else
  fi
}

inline ringInAnyCase(bell) {
  asked[bell] = false;
  wake(bell)
}

/* Sleeps as long as the bell is asked for. */
inline park(bell) {
  atomic { slept = asked[bell]; if :: slept -> sleeper[bell] = i :: else fi };
  if
  :: slept -> if :: atomic { woken[bell] -> woken[bell] = false } OR_DIES fi
  :: else
  fi;
  slept = false
}

/* Called by the one sender. `done`: it was sent, or never will be. */
inline put() {
  done = false;
  atomic { seen = written; wasClosed = closed };    /* one word */
  if
  :: wasClosed -> done = true
  :: !wasClosed && seen - read == CELLS    /* the reader's count is looked at here */
  :: !wasClosed && seen - read < CELLS ->
    MAY_DIE;
#ifdef PUBLISH_BEFORE_WRITE
    atomic { if :: !closed -> written++; sent++ :: else fi };
    MAY_DIE;
    cells[seen % CELLS] = next;
    atomic { if :: sent == next -> next++ :: else fi };
#else
    cells[seen % CELLS] = next;
    MAY_DIE;
#ifdef SEND_INTO_WHAT_IS_CLOSED
    atomic { written++; assert(!closed); sent++; next++ };
#else
    atomic { if :: !closed -> written++; sent++; next++ :: else fi };
#endif
#endif
    MAY_DIE;
    ring(ITEMS);
    done = true
  fi;
  seen = 0
}

proctype Sends(byte i) {
  byte seen; bool done, wasClosed, rings, slept;
  do
  :: atomic { writer == NOBODY -> writer = i };
    MAY_DIE;
    if
    :: next > RECORDS || closed -> break
    :: else
    fi;
    do
    :: put();
      if :: done -> break :: else fi;
      MAY_DIE;
#ifdef LOOK_BEFORE_ASKING
      put();
      if :: done -> break :: else fi;
      asked[ROOM] = true;
#else
      asked[ROOM] = true;
#ifndef ASK_WITHOUT_LOOKING
      MAY_DIE;
      put();
      if :: done -> break :: else fi;
#endif
#endif
      MAY_DIE;
      park(ROOM);
      MAY_DIE
    od;
    MAY_DIE;
    writer = NOBODY
  od;
  writer = NOBODY;
  goto gone;
dies:
  atomic { exits ! i; if :: sleeper[ROOM] == i || (writer == i && woken[ROOM]) -> sleeper[ROOM] = NOBODY; woken[ROOM] = false :: else fi };
gone:
  atomic { through++; done = (through == SENDERS) };
  if
  :: done -> closed = true;
#ifndef CLOSE_IN_SILENCE
    ringInAnyCase(ITEMS);
    ringInAnyCase(ROOM)
#endif
  :: else
  fi
}

proctype Receives(byte i) {
  byte at, record; bool rings, slept;
  do
  :: atomic { reader == NOBODY -> reader = i };
    do
    :: MAY_DIE;
      if :: written != read || closed -> break :: else fi;   /* one word, and the other */
      MAY_DIE;
#ifdef LOOK_BEFORE_ASKING
      if :: written != read || closed -> break :: else fi;
      asked[ITEMS] = true;
#else
      asked[ITEMS] = true;
#ifndef ASK_WITHOUT_LOOKING
      MAY_DIE;
      if :: written != read || closed -> break :: else fi;
#endif
#endif
      MAY_DIE;
      park(ITEMS)
    od;
    MAY_DIE;
    if
    :: written == read -> break                              /* closed, and empty */
    :: else
    fi;
    at = read;
#ifdef RELEASE_BEFORE_COPY
    read++;
    MAY_DIE;
    record = cells[at % CELLS];
#else
    record = cells[at % CELLS];
    MAY_DIE;
#endif
    atomic {
      assert(record == got + 1);                             /* in order, none lost, none twice */
      got++;
#ifndef RELEASE_BEFORE_COPY
      read++;                                                /* a death before this has received nothing */
#endif
      record = 0; at = 0
    };
    MAY_DIE;
    ring(ROOM);
    MAY_DIE;
    reader = NOBODY
  od;
  assert(got == sent);
  reader = NOBODY;
  goto gone;
dies:
  atomic { exits ! i; if :: sleeper[ITEMS] == i || (reader == i && woken[ITEMS]) -> sleeper[ITEMS] = NOBODY; woken[ITEMS] = false :: else fi };
gone: skip
}

/* The exit handler of the thread that started the others. */
proctype Recovers() {
  byte d; bool rings;
endRecovers: do
  :: exits ? d;
#ifndef NO_RECOVERY
    atomic { if :: writer == d -> writer = NOBODY :: else fi };
    atomic { if :: reader == d -> reader = NOBODY :: else fi };
#ifndef DEATH_RINGS_FOR_NOBODY
#ifdef DEATH_RINGS_IF_ASKED
    atomic { if :: asked[ITEMS] -> ringInAnyCase(ITEMS) :: else fi };
    atomic { if :: asked[ROOM] -> ringInAnyCase(ROOM) :: else fi };
#else
    ringInAnyCase(ITEMS);
    ringInAnyCase(ROOM);
#endif
#endif
#endif
    d = 0
  od
}

#ifdef CLOSING
proctype Closes() {
  closed = true;
  ringInAnyCase(ITEMS);
  ringInAnyCase(ROOM)
}
#endif

init {
  atomic {
    byte t = 0;
    do
    :: t < SENDERS -> run Sends(t); t++
    :: t >= SENDERS && t < THREADS -> run Receives(t); t++
    :: else -> break
    od;
#if DEATHS > 0
    run Recovers();
#endif
#ifdef CLOSING
    run Closes();
#endif
  }
}
