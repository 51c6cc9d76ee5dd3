/** Gives its owner a place in one {@link LinkedList}. Unlinked if and only if `next` is undefined. */
export class Link {
  prev: Link | undefined;
  next: Link | undefined;

  get linked(): boolean {
    return this.next !== undefined;
  }

  /** Leaves the list from wherever it stands, in O(1); outside a list it does nothing. */
  unlink(): void {
    const { prev, next } = this;
    if (prev === undefined || next === undefined) return;
    prev.next = next;
    next.prev = prev;
    // Cleared, not left behind: a dead link that the collector has promoted would keep every
    // later one alive, which makes long queues several times slower.
    this.prev = undefined;
    this.next = undefined;
  }
}

/** An intrusive doubly linked list: its members are their own nodes, so adding and leaving allocate nothing. */
export class LinkedList<N extends Link> extends Link {
  constructor() {
    super();
    this.prev = this; // circular around the list itself: no end is a special case
    this.next = this;
  }

  get first(): N | undefined {
    return this.next === this ? undefined : (this.next as N);
  }

  get empty(): boolean {
    return this.next === this;
  }

  append(node: N): void {
    const last = this.prev as Link;
    node.prev = last;
    node.next = this;
    last.next = node;
    this.prev = node;
  }

  /** The members from first to last; none may leave or join meanwhile. */
  *[Symbol.iterator](): Generator<N, void, undefined> {
    for (let node = this.next; node !== this; node = node!.next) yield node as N;
  }
}
