/*
 * A barrier in one word (src/shared/barrier-word.ts, shared-barrier.ts): arrivals, the number of the round, what ended
 * it. Those who wait sleep on the whole word, and are woken when a round ends, not at each arrival.
 *
 * A step here is one access to memory there: docs/shared-memory-proof.md says which line is which. A compare-and-swap
 * that is tried again until it succeeds is one atomic step, since only the try that succeeds changes anything.
 *
 * Bounds: PARTIES threads meet ROUNDS times. TIMED: two of them leave a round and come again. RESETS rounds are reset. DEATHS
 * threads die, which breaks it.
 */
#ifndef PARTIES
#define PARTIES 3
#endif
#ifndef ROUNDS
#define ROUNDS 2
#endif
#ifndef RESETS
#define RESETS 0
#endif
#ifndef DEATHS
#define DEATHS 0
#endif
#define MOST_ROUNDS (ROUNDS + RESETS + 1)

byte arrived, round; bool broken;        /* the word */
bool wasReset[MOST_ROUNDS];              /* there the last eight are kept */
chan sleepers = [PARTIES] of { byte };
bool woken[PARTIES];
byte came[MOST_ROUNDS];                  /* who has arrived in which round and not left it */
bool complete[MOST_ROUNDS];
byte leaves = 2, resets = RESETS, deaths = DEATHS;
chan exits = [PARTIES] of { byte };      /* as they are heard of */

#if DEATHS > 0
#define MAY_DIE if :: atomic { deaths > 0 -> deaths--; goto dies } :: skip fi
#else
#define MAY_DIE skip
#endif

inline wakeAll() {
  atomic { do :: nempty(sleepers) -> sleepers ? w; woken[w] = true; w = 0 :: empty(sleepers) -> break od }
}

inline arrive() {
  atomic {
    last = false;
    if
    :: broken -> goto leftForGood
    :: else ->
      mine = round;
      came[round]++;
      if
      :: arrived + 1 == PARTIES -> complete[round] = true; arrived = 0; round++; last = true
      :: else -> arrived++
      fi
    fi
  }
}

proctype Party(byte i) {
  byte w, mine, left = ROUNDS, seenArrived, seenRound; bool last, slept, mayLeave, seenBroken;
  do
  :: left == 0 -> break
  :: left > 0 ->
#ifdef TIMED
    if :: leaves > 0 -> mayLeave = true :: mayLeave = false fi; /* one that always may would wait for nothing in vain */
#endif
    arrive();
    MAY_DIE;
#ifndef LAST_WAKES_NOBODY
    if :: last -> wakeAll() :: else fi;
#endif
    do
    :: MAY_DIE;
#ifdef LOOK_BEFORE_VALUE
      atomic { if :: round != mine || broken -> break :: else fi };
      atomic { seenArrived = arrived; seenRound = round; seenBroken = broken };
#else
      atomic { seenArrived = arrived; seenRound = round; seenBroken = broken };
      if :: round != mine || broken -> break :: else fi;
#endif
      atomic {
        slept = (seenArrived == arrived && seenRound == round && seenBroken == broken);
        if :: slept -> sleepers ! i :: else fi
      };
      if
      :: slept ->
        if
        :: atomic { woken[i] -> woken[i] = false }
#ifdef TIMED
        :: atomic { mayLeave && leaves > 0 && sleepers ?? [eval(i)] -> sleepers ?? eval(i); leaves-- };
          atomic {
            if
#ifdef LEAVE_WHAT_IS_OVER
            :: !broken -> arrived--; came[mine]--; goto again
#else
            :: round == mine && !broken -> arrived--; came[mine]--; goto again
            :: else                     /* it was over before: pass */
#endif
            fi
          }
#endif
#if DEATHS > 0
        :: atomic { deaths > 0 -> deaths--; goto dies }
#endif
        fi
      :: else
      fi
    od;
    atomic {
      if
      :: round == mine -> goto leftForGood            /* broken before it was complete */
      :: round != mine && wasReset[mine] -> assert(!complete[mine])
      :: round != mine && !wasReset[mine] ->
        assert(complete[mine] && came[mine] == PARTIES); left--
      fi
    };
again:
    atomic { slept = false; seenArrived = 0; seenRound = 0; seenBroken = false; mine = 0; last = false }
  od;
  goto leftForGood;
dies:
  atomic { exits ! i; woken[i] = false; if :: sleepers ?? [eval(i)] -> sleepers ?? eval(i) :: else fi };
leftForGood: skip
}

/* One who resets it at any time, and the exit handler of the thread that started the others. */
proctype Other() {
  byte w, d;
endOther: do
  :: atomic { resets > 0 -> resets--; wasReset[round] = true; arrived = 0; round++ };
#ifndef RESET_IN_SILENCE
    wakeAll()
#endif
  :: exits ? d;
#ifndef WAIT_FOR_THE_DEAD
    broken = true;
    wakeAll();
#endif
    d = 0
  od
}

init {
  atomic {
    byte t = 0;
    do
    :: t < PARTIES -> run Party(t); t++
    :: else -> break
    od;
    run Other();
  }
}
