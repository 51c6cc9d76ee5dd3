/*
 * The two rings and the port between a pool and a thread: src/executor/thread/ring.ts and ring-link.ts.
 *
 * Each end is one thread. It sends frames by the one ring and reads them by the other; bells and clones go
 * by the port, one for both directions. A step here is an access to what both ends see; all else that an
 * end does between two such accesses is done in one.
 *
 * Laws, whatever the interleaving:
 *  1. Every frame is delivered once, in the order in which it was sent, with what was written to it; or its
 *     sender is told that it can't be cloned.
 *  2. No run ends before that (no lost wake-up, no deadlock: "invalid end state"), and none goes on for
 *     ever (there is no cycle at all: every one would be a "non-progress cycle").
 *
 * What is left out: a writer that reads an old HEAD first, and the true one only if that does not do. Room
 * never shrinks by reading, so the true one alone gives the same answers.
 *
 * -D<seed> plants a bug; test/models.test.ts has the list, and each must be found.
 */
#ifndef THERE
#define THERE 3 /* frames that end 0 sends */
#endif
#ifndef BACK
#define BACK 0 /* and end 1 */
#endif
/* -DPLAIN: only frames that stand in the ring whole; more of them can be checked then. */

#define SIZE 4       /* cells in a ring; a frame takes one or two, so `longest` is as in RingWriter */
#define COUNTS 8     /* counts wrap around here, as they do at 2^32 */
#define START_OVER 1 /* START_OVER_BYTES */
#define MESSAGES 8   /* room in the port: never full, which is asserted */
#define SKIP 255
#define BELL 0

#define FRAMES (me == 0 -> THERE : BACK)
#define EXPECTED (me == 0 -> BACK : THERE)
#define OTHER (1 - me)
#define OUT me      /* a ring has the number of its writer */
#define IN (1 - me)
#define KIND_OUT(frame) kindOf[OUT * 8 + frame]
#define KIND_IN(frame) kindOf[IN * 8 + frame]

/* Kinds of frames: of one cell, of two, of one with a clone, and one that turns out to be unsendable. */
#define SMALL 0
#define LARGE 1
#define CLONE 2
#define UNSENDABLE 3
#define SIZE_OF(kind) (kind == LARGE -> 2 : 1)

/* The control words. */
byte HEAD[2];
byte TAIL[2];
bit ASLEEP[2];
bit WANTS_ROOM[2];
/* Both rings. A cell holds the number of its frame: what of a frame has been overwritten shows. */
byte cells[8];
/* For the laws, not for the ends: a frame's number leads to what was sent. */
byte kindOf[16];
byte settled[2]; /* how many have been delivered, or reported as unsendable */

/* What each end has yet to take from the port: bells, and clones by the number of their frame. */
chan port[2] = [MESSAGES] of { byte };
/* RingLink.#clones */
chan early[2] = [MESSAGES] of { byte };

inline post(message) {
  atomic { assert(nfull(port[OTHER])); port[OTHER]!message }
}

/* --- the writer --- */

/* RingWriter.#find: sets `found`, and moves the tail over what is to be skipped. */
inline find(length) {
  d_step {
    at = tail % SIZE;
    rest = SIZE - at;
    used = (tail + COUNTS - HEAD[OUT]) % COUNTS;
    assert(used <= SIZE);
    if
    :: length > rest -> found = (used + rest + length <= SIZE); skips = found
#ifdef START_OVER_WITHOUT_ROOM
    :: length <= rest && at >= START_OVER && used == 0 ->
#else
    :: length <= rest && at >= START_OVER && used == 0 && length <= at ->
#endif
      found = (rest + length <= SIZE); skips = found
    :: else -> found = (used + length <= SIZE); skips = 0
    fi;
#ifdef SKIP_WITHOUT_ROOM
    if
    :: length > rest -> found = 1; skips = 1
    :: else
    fi;
#endif
    if
    :: skips -> cells[OUT * SIZE + at] = SKIP; tail = (tail + rest) % COUNTS
    :: else
    fi;
    at = 0; rest = 0; used = 0; skips = 0
  }
}

/* RingWriter.takeBell, of a clone, which is the bell; not of what is moved. */
inline takeBell() {
  if
  :: atomic { ASLEEP[OUT] -> ASLEEP[OUT] = 0; rings = 1 } /* an exchange */
  :: true
  fi
}

/* writeFrame: sets `done`, which is true also if the frame has been reported as unsendable. */
inline write(frame) {
  kind = KIND_OUT(frame);
#ifdef CLONE_BEFORE_ROOM
  if
  :: kind == CLONE -> post(frame)
  :: else
  fi;
#endif
  find(SIZE_OF(kind));
  if
  :: !found -> done = 0
  :: found && kind == UNSENDABLE -> /* hasRoom, and then takeOther threw */
    takeBell();
    d_step {
#ifndef BELL_KEPT
      if
      :: rings -> ASLEEP[OUT] = 1
      :: else
      fi;
#endif
      rings = 0;
      done = 1;
      settled[OUT]++
    }
  :: else ->
#ifndef CLONE_BEFORE_ROOM
    if
    :: kind == CLONE -> /* hasRoom, takeOther, reserve */
      takeBell();
      rings = 0;
      post(frame);
      find(1);
      assert(found)
    :: else
    fi;
#endif
#ifdef PUBLISH_BEFORE_WRITE
    TAIL[OUT] = (tail + SIZE_OF(kind)) % COUNTS;
#endif
    d_step {
      cells[OUT * SIZE + tail % SIZE] = frame;
      if
      :: kind == LARGE -> cells[OUT * SIZE + tail % SIZE + 1] = frame
      :: else
      fi;
      tail = (tail + SIZE_OF(kind)) % COUNTS;
      done = 1
    }
  fi;
  d_step { kind = 0; found = 0 }
}

inline ringIfAsleep() {
  atomic {
    if
    :: ASLEEP[OUT] -> ASLEEP[OUT] = 0; post(BELL) /* an exchange */
    :: else
    fi
  }
}

/* RingWriter.publish, and the bell. */
inline publish() {
  if
#ifndef PUBLISH_BEFORE_WRITE
  :: TAIL[OUT] == tail /* `#published`: only this end writes TAIL */
#endif
  :: else ->
#ifdef LOOK_BEFORE_PUBLISH
    ringIfAsleep();
    TAIL[OUT] = tail;
#else
    TAIL[OUT] = tail;
    ringIfAsleep();
#endif
  fi
}

/* RingLink.flush. The frames between `written` and `made` are held. */
inline flush() {
  flushing = 0;
  do
  :: written == made -> break
  :: else ->
    write(written + 1);
    if
    :: !done ->
#ifdef LOOK_BEFORE_ASKING
      write(written + 1);
      WANTS_ROOM[OUT] = 1;
#else
      WANTS_ROOM[OUT] = 1;
#ifndef ASK_WITHOUT_LOOKING
      write(written + 1);
#endif
#endif
      if
      :: !done -> break
      :: else
      fi
    :: else
    fi;
    d_step { written++; done = 0 }
  od;
  publish()
}

/* RingLink.send. The flush comes as a microtask, or when many bytes are written: at any time. */
inline send() {
  atomic {
    made++;
    if
    :: KIND_OUT(made) = SMALL
    :: KIND_OUT(made) = LARGE
#ifndef PLAIN
    :: KIND_OUT(made) = CLONE
    :: KIND_OUT(made) = UNSENDABLE
#endif
    fi;
    flushing = 1
  }
  if
#ifdef OVERTAKE_HELD
  :: true ->
#else
  :: written + 1 == made ->
#endif
    write(made);
    if
    :: done -> d_step { written++; done = 0 }
    :: else
    fi
  :: else
  fi
}

/* --- the reader --- */

/* RingReader.release, and the bell. */
inline ringIfWanted() {
  atomic {
    if
    :: WANTS_ROOM[IN] -> WANTS_ROOM[IN] = 0; post(BELL) /* an exchange */
    :: else
    fi
  }
}

inline release() {
#ifdef LOOK_BEFORE_RELEASE
  ringIfWanted();
  HEAD[IN] = head
#else
  HEAD[IN] = head;
  ringIfWanted()
#endif
}

/* RingLink.#takeClone: bells that it meets are dropped. */
inline takeClone() {
  atomic {
    if
    :: nempty(early[me]) -> early[me]?clone
    :: empty(early[me]) ->
      do
      :: assert(nempty(port[me])); port[me]?clone; if :: clone != BELL -> break :: else fi
      od
    fi;
    assert(clone == frame);
    clone = 0
  }
}

/* The frame that comes next is the next one that could be sent. */
inline expectNext() {
  received++;
  do
  :: received < frame && KIND_IN(received) == UNSENDABLE -> forget(received); received++
  :: else -> break
  od;
  assert(frame == received)
}

/* What nobody looks at any more makes no state of its own. */
inline forget(number) {
  KIND_IN(number) = 0
}

inline forgetCell(index, content) {
  if
  :: cells[IN * SIZE + index] == content -> cells[IN * SIZE + index] = 0
  :: else
  fi
}

/* RingLink.drain. */
inline drain() {
  ASLEEP[IN] = 0;
  do
  :: atomic {
      if
      :: head == TAIL[IN] -> break
      :: else -> frame = cells[IN * SIZE + head % SIZE]
      fi
    }
    if
    :: frame == SKIP -> d_step {
        forgetCell(head % SIZE, SKIP);
        head = (head + SIZE - head % SIZE) % COUNTS;
        frame = 0;
        moved = 1
      }
    :: else ->
      d_step { expectNext(); kind = KIND_IN(frame) }
#ifdef RELEASE_BEFORE_COPY
      HEAD[IN] = (head + SIZE_OF(kind)) % COUNTS;
#endif
      if
      :: kind == LARGE -> assert(cells[IN * SIZE + head % SIZE + 1] == frame)
      :: kind == CLONE -> takeClone()
      :: else
      fi;
      d_step {
        forget(frame);
        forgetCell(head % SIZE, frame);
        if
        :: kind == LARGE -> forgetCell(head % SIZE + 1, frame)
        :: else
        fi;
        head = (head + SIZE_OF(kind)) % COUNTS;
        settled[IN]++;
        kind = 0;
        frame = 0;
        read = 1;
        moved = 1
      }
      if
      :: release(); moved = 0 /* RELEASE_EVERY: after any of them */
      :: true
      fi
    fi
  od;
#ifdef SKIP_NOT_RELEASED
  if
  :: read -> release()
  :: else
  fi;
#else
  if
  :: moved -> release()
  :: else
  fi;
#endif
  moved = 0;
#ifndef FORGET_HELD
  if
  :: written < made -> flush()
  :: else
  fi
#endif
}

/* RingReader.sleep: sets `slept`. */
inline sleep() {
#ifdef LOOK_BEFORE_SLEEPING
  if
  :: head != TAIL[IN] -> slept = 0
  :: else -> ASLEEP[IN] = 1; slept = 1
  fi
#else
  ASLEEP[IN] = 1;
#ifdef SLEEP_WITHOUT_LOOKING
  slept = 1
#else
  if
  :: head != TAIL[IN] -> ASLEEP[IN] = 0; slept = 0
  :: else -> slept = 1
  fi
#endif
#endif
}

/* --- an end --- */

proctype End(bit me) {
  byte head, tail, made, written, received;
  byte at, rest, used, kind, frame, message, clone;
  bit found, skips, rings, done, read, moved, slept, flushing, soon;

turn:
  atomic {
    if
    :: made < FRAMES -> goto sending
    :: flushing -> goto showing
    :: !flushing && soon -> soon = 0; goto reading
    :: !flushing && nempty(port[me]) ->
      port[me]?message;
      if
      :: message != BELL -> early[me]!message
      :: else
      fi;
      message = 0;
      goto reading
    :: settled[OUT] == FRAMES && settled[IN] == EXPECTED && !flushing -> goto over
    fi
  }
sending:
  send();
  goto turn;
showing:
  flush();
  goto turn;
reading:
  read = 0;
  drain();
  if
  :: made < FRAMES -> send()
  :: true
  fi;
  if
  :: flushing -> flush()
  :: true
  fi;
  if
  :: read -> soon = 1; goto turn /* the loop gets a turn first: startWorker */
  :: sleep()
  fi;
  if
  :: slept -> slept = 0; read = 0; goto turn
  :: else -> goto reading
  fi;
over:
  skip
}

init {
  atomic {
    ASLEEP[0] = 1;
    ASLEEP[1] = 1;
    run End(0);
    run End(1)
  }
}
